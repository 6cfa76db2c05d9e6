import JSON

/// The keys of a chat that is given as an object.
enum ChatKey: String, ConfigurationKey {
    case id, label, weight, interval

    var entry: KeyEntry {
        switch self {
        case .id: .required(.chatID, "The id that *create group chat* returned: `chat` and 32 hexadecimal digits.")
        case .label: KeyEntry(.text, "A name of your own. Events carry it, and endpoints can choose by it.")
        case .weight:
            KeyEntry(
                .number(above: 0, upTo: 1_000_000), default: 1,
                "How much a minute of delay on this chat matters, beside others.")
        case .interval:
            KeyEntry(
                .duration(.milliseconds(10) ... .seconds(366 * 86_400)),
                "Fixes the time between two polls. Left out, the schedule chooses it. All fixed intervals together must fit into `dingtalk.callsPerMonth`, a month taken for 30 days."
            )
        }
    }
}
