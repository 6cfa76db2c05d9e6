package import DingTalk
import Time

/// The account that chats are read with, and what may be spent on it.
package struct DingTalkSettings: Sendable {
    package var account: Account
    package var requestsPerSecond: Double
    /// Nil is no budget.
    package var callsPerMonth: Int?
    package var callback: CallbackSettings?
}

extension DingTalkSettings {
    /// The standard edition's quota, so that a first try cannot burn an organization's month.
    private static let standardQuota = 5000

    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, DingTalkKey.self)
        let base = object[.baseURL].baseURL()
        let apiBase = object[.apiBaseURL].baseURL()
        let key = object.required(.appKey).secret()
        let secret = object.required(.appSecret).secret()
        let kind = object[.token].choice(Account.TokenKind.self) ?? .legacy
        let timeout = object.duration(.timeout)
        let requests = object.number(.requestsPerSecond)
        let quota = object[.callsPerMonth].isNull ? nil : object.integer(.callsPerMonth) ?? Self.standardQuota
        let callback = CallbackSettings(object[.callback])
        if kind == .v1, let base, let apiBase {
            Self.compareRegions(base.parts.host, apiBase.parts.host, object[.apiBaseURL])
        }
        guard let key, let secret else { return nil }
        let baseURL = base?.url ?? "https://oapi.dingtalk.io"
        let account = Account(
            baseURL: baseURL, apiBaseURL: apiBase?.url ?? Self.apiBaseURL(besides: baseURL), appKey: key,
            appSecret: secret, tokenKind: kind, timeout: timeout ?? .seconds(10))
        self.init(account: account, requestsPerSecond: requests ?? 15, callsPerMonth: quota, callback: callback)
    }

    /// Of the same region; a base of the operator's own, such as a simulator, answers both kinds of calls.
    private static func apiBaseURL(besides baseURL: String) -> String {
        switch baseURL {
        case "https://oapi.dingtalk.io": "https://api.dingtalk.io"
        case "https://oapi.dingtalk.com": "https://api.dingtalk.com"
        default: baseURL
        }
    }

    private static func compareRegions(_ base: String, _ apiBase: String, _ node: ConfigurationNode) {
        let regions = [".dingtalk.io", ".dingtalk.com"]
        let first = regions.first(where: base.hasSuffix)
        let second = regions.first(where: apiBase.hasSuffix)
        if let first, let second, first != second {
            node.report("the token would come from *\(second), the chats from *\(first): both must be of one region")
        }
    }
}
