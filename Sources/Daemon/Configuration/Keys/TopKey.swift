import JSON

/// The keys of the whole configuration.
enum TopKey: String, ConfigurationKey {
    case dingtalk, watch, endpoints, storage, admin, network, log, shutdownTimeout
    case schema = "$schema"

    var entry: KeyEntry {
        switch self {
        case .schema:
            KeyEntry(.text, "Where the JSON Schema is, for editors. Belfry does not read it.")
        case .dingtalk:
            .required(.object(of: DingTalkKey.self), "The account that chats are read with, and what it may spend.")
        case .watch:
            .required(.object(of: WatchKey.self), "Which chats are watched, and how often.")
        case .endpoints:
            .required(
                .list(.object(of: EndpointKey.self), isNeverEmpty: false),
                "Who is told. May be empty: events are then kept and listed only.")
        case .storage:
            KeyEntry(.object(of: StorageKey.self), "Where the store is, and how much it may keep.")
        case .admin:
            KeyEntry(
                .orNull(.object(of: AdminKey.self)), "The admin API and the dashboard; `null` switches them off.")
        case .network:
            KeyEntry(.object(of: NetworkKey.self), "What outgoing requests may reach, and by which way.")
        case .log:
            KeyEntry(.object(of: LogKey.self), "What is logged, and in which form.")
        case .shutdownTimeout:
            KeyEntry(
                .duration(.zero ... .seconds(3600)), default: "20s",
                "How long a stop waits for deliveries that are in flight.")
        }
    }
}
