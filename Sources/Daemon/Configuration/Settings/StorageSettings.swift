/// Where the store is, and how much it may keep.
package struct StorageSettings: Sendable {
    package var path: String
    /// How long finished deliveries and their events are kept.
    package var retention: Duration
    package var maxSize: ByteCount
}

extension StorageSettings {
    private enum Key: String, CaseIterable { case path, retention, maxSize }

    init(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, Key.self)
        let day: Duration = .seconds(86_400)
        self.init(
            path: object[.path].filePath() ?? node.reading.source.resolved("data/belfry.db"),
            retention: object[.retention].duration(in: .seconds(60)...day * 3650) ?? day * 30,
            maxSize: object[.maxSize].byteCount(in: ByteCount(bytes: 1 << 20)...ByteCount(bytes: 1 << 50))
                ?? ByteCount(bytes: 10 << 30))
    }
}
