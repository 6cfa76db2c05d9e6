import JSON

/// The keys of `storage`.
enum StorageKey: String, ConfigurationKey {
    case path, retention, maxSize

    var entry: KeyEntry {
        switch self {
        case .path:
            KeyEntry(.path, default: "data/belfry.db", "The SQLite file. Its directory must be on a local disk.")
        case .retention:
            KeyEntry(
                .duration(.seconds(60) ... .seconds(3650 * 86_400)), default: "30d",
                "How long finished deliveries and their events are kept.")
        case .maxSize:
            KeyEntry(
                .size(ByteCount(bytes: 1 << 20)...ByteCount(bytes: 1 << 50)), default: "10GiB",
                "How large the store may grow. Beyond it polling rests, and deliveries go on.")
        }
    }
}
