import Deliveries
import JSON

/// The keys of an endpoint.
enum EndpointKey: String, ConfigurationKey {
    case name, url, format, language, events, chats, signing, headers, ordering, concurrency, rate, overflow, timeout,
        retry, template, success

    var entry: KeyEntry {
        switch self {
        case .name:
            .required(
                .name,
                "What the endpoint is called on the command line, in the API and in metrics: letters, digits, `.`, `_` and `-`. Its queue is kept under this name."
            )
        case .url:
            .required(
                .url,
                "Where events are posted to. Plain `http` only goes to addresses in `network.allow`, or anywhere with `network.insecureHTTP`."
            )
        case .format:
            KeyEntry(
                .choice(of: FormatName.self), default: "standard",
                "What is sent, and how answers are judged; see [destinations](destinations.md).")
        case .language:
            KeyEntry(.choice(of: Language.self), default: "en", "Of the formats that people read.")
        case .events:
            KeyEntry(
                .list(.eventPattern, isNeverEmpty: true), default: ["*"],
                "Which events: their types, or the front of some with a `*`, such as `chat.members.*`.")
        case .chats:
            KeyEntry(
                .list(.text, isNeverEmpty: true), default: ["*"],
                "Which chats, by id or label; `*` is every one. Events about no chat are sent in any case.")
        case .signing:
            KeyEntry(
                .list(.object(of: SigningKey.self), isNeverEmpty: false), default: [],
                "How requests are signed. Every entry signs, so that a secret can be replaced without a gap.")
        case .headers:
            KeyEntry(.headers, default: [:], "Headers to send with every request, by their names.")
        case .ordering:
            KeyEntry(
                .choice(of: Ordering.self), default: "chat",
                "`chat`: one chat's events arrive in their order, a later one waits for an earlier. `none`: each goes when it can."
            )
        case .concurrency:
            KeyEntry(.integer(1...1024), default: 16, "Requests in flight at once, at most.")
        case .rate:
            KeyEntry(
                .rate, "Requests in a time, at most. Left out, it is what the format's destination is known to bear.")
        case .overflow:
            KeyEntry(
                .choice(of: Overflow.self), default: "queue",
                "What becomes of events that the rate holds back: `queue` sends them one by one later, `digest` merges them into one message where the format can."
            )
        case .timeout:
            KeyEntry(
                .duration(.milliseconds(10) ... .seconds(600)), default: "15s",
                "Bounds a whole request, its answer included.")
        case .retry:
            KeyEntry(.object(of: RetryKey.self), "When a failed delivery is tried again, and when it is given up.")
        case .template:
            KeyEntry(.object(of: TemplateKey.self), "The message, for the format `template`, which alone takes one.")
        case .success:
            KeyEntry(
                .object(of: SuccessKey.self),
                "Which answers are taken for success, for the formats `standard` and `template`. Left out, every 2xx is."
            )
        }
    }
}
