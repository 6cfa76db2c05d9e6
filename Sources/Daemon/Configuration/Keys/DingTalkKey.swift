import DingTalk
import JSON

/// The keys of `dingtalk`.
enum DingTalkKey: String, ConfigurationKey {
    case appKey, appSecret, baseURL, apiBaseURL, token, requestsPerSecond, callsPerMonth, timeout, callback

    var entry: KeyEntry {
        switch self {
        case .appKey: .required(.secret, "The key of an internal app that has the permission `qyapi_chat_read`.")
        case .appSecret: .required(.secret, "The app's secret.")
        case .baseURL:
            KeyEntry(
                .url, default: "https://oapi.dingtalk.io",
                "Where `chat/get` and the legacy token are called: `https://oapi.dingtalk.io`, in mainland China `https://oapi.dingtalk.com`."
            )
        case .apiBaseURL:
            KeyEntry(
                .url,
                "Where tokens of the kind `v1` come from. Left out, it is that of the base's region, or the base itself where it is no host of DingTalk's."
            )
        case .token:
            KeyEntry(
                .choice(of: Account.TokenKind.self), default: "legacy",
                "Which call issues tokens: `legacy` (`gettoken`) or `v1` (`oauth2/accessToken`). Either works.")
        case .requestsPerSecond:
            KeyEntry(
                .number(above: 0, upTo: 10_000), default: 15,
                "Calls a second at most; DingTalk allows an app 20 on each API.")
        case .callsPerMonth:
            KeyEntry(
                .orNull(.integer(1...1_000_000_000)), default: 5000,
                "Calls a calendar month (Asia/Shanghai) at most. DingTalk counts those of all internal apps of the organization together: 5,000 in the standard edition. `null` is no budget."
            )
        case .timeout:
            KeyEntry(
                .duration(.milliseconds(100) ... .seconds(300)), default: "10s",
                "Bounds each call, its answer included.")
        case .callback:
            KeyEntry(
                .orNull(.object(of: CallbackKey.self)),
                "What DingTalk's pushed group events are checked and decrypted with. Left out, none are taken; polling does without them."
            )
        }
    }
}
