/// The calls that the simulated platform knows, by path.
package enum Route: String, CaseIterable, Sendable {
    case getToken = "/gettoken"
    case getChat = "/chat/get"
    case createChat = "/chat/create"
    case updateChat = "/chat/update"
    case accessToken = "/v1.0/oauth2/accessToken"

    var method: String {
        switch self {
        case .getToken, .getChat: "GET"
        case .createChat, .updateChat, .accessToken: "POST"
        }
    }

    /// Whether a call counts against the monthly quota. Token calls do not.
    var isMetered: Bool {
        switch self {
        case .getChat, .createChat, .updateChat: true
        case .getToken, .accessToken: false
        }
    }

    /// The newer API tells errors by HTTP status 400 and a `code` in words; the older one by `errcode` in a 200.
    var isNewStyle: Bool { self == .accessToken }
}
