/// The formats by the name that the configuration uses.
package enum FormatName: String, Sendable, CaseIterable {
    case standard
    case cloudevents
    case cloudeventsBinary = "cloudevents-binary"
    case cloudeventsBatch = "cloudevents-batch"
    case slack, discord, teams, dingtalk, feishu, wecom, ntfy, template

    /// The format with its documented settings.
    package var format: any Format { format() }

    /// - `language`: of the formats that people read; the others have none.
    /// - `template`: for `template`; nil stands for `Template.example`.
    /// - `success`: for `standard` and `template`.
    package func format(
        language: Language = .english, template: Template? = nil, success: SuccessRule? = nil
    ) -> any Format {
        switch self {
        case .standard: StandardFormat(success: success)
        case .cloudevents: CloudEventsFormat()
        case .cloudeventsBinary: CloudEventsBinaryFormat()
        case .cloudeventsBatch: CloudEventsBatchFormat()
        case .slack: SlackFormat(language: language)
        case .discord: DiscordFormat(language: language)
        case .teams: TeamsFormat(language: language)
        case .dingtalk: DingTalkFormat(language: language)
        case .feishu: FeishuFormat(language: language)
        case .wecom: WeComFormat(language: language)
        case .ntfy: NtfyFormat(language: language)
        case .template: TemplateFormat(template ?? .example, success: success)
        }
    }

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
