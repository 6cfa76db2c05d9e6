import JSON

/// The keys of `watch`.
enum WatchKey: String, ConfigurationKey {
    case chats, chatsFile, minInterval, maxInterval

    private static let intervals: ClosedRange<Duration> = .milliseconds(10) ... .seconds(366 * 86_400)

    var entry: KeyEntry {
        switch self {
        case .chats:
            KeyEntry(
                .list(.either(.chatID, .object(of: ChatKey.self)), isNeverEmpty: false), default: [],
                "The chats, each an id (`chat…`) or an object with one. There must be some here, or a `chatsFile`.")
        case .chatsFile:
            KeyEntry(
                .orNull(.path), default: .null,
                "A file with more chats, read again when it changes; see [The chats file](#the-chats-file).")
        case .minInterval:
            KeyEntry(.duration(Self.intervals), default: "5s", "The least time between two polls of one chat.")
        case .maxInterval:
            KeyEntry(
                .duration(Self.intervals), default: "6h",
                "The most time between two polls of one chat, as far as there are calls enough to keep it for every chat."
            )
        }
    }

    static let rules: [JSONValue] = [
        .anyOf(.requires("chatsFile"), ["required": ["chats"], "properties": ["chats": ["minItems": 1]]])
    ]
}
