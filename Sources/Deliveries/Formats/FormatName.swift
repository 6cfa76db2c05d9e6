/// The formats by the name that the configuration uses.
package enum FormatName: String, Sendable, CaseIterable {
    case standard
    case cloudevents
    case cloudeventsBinary = "cloudevents-binary"
    case cloudeventsBatch = "cloudevents-batch"
    case slack, discord, teams, dingtalk, feishu, wecom, ntfy, template

    /// Whether an endpoint may give a `success` rule of its own.
    package var takesSuccessRule: Bool { self == .standard || self == .template }

    /// Whether `language` makes a difference.
    package var isForPeople: Bool {
        switch self {
        case .slack, .discord, .teams, .dingtalk, .feishu, .wecom, .ntfy: true
        case .standard, .cloudevents, .cloudeventsBinary, .cloudeventsBatch, .template: false
        }
    }
}
