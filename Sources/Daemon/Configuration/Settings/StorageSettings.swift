/// Where the store is, and how much it may keep.
package struct StorageSettings: Sendable {
    package var path: String
    /// How long finished deliveries and their events are kept.
    package var retention: Duration
    package var maxSize: ByteCount
}

extension StorageSettings {
    init(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, StorageKey.self)
        self.init(
            path: object[.path].filePath() ?? node.reading.source.resolved("data/belfry.db"),
            retention: object.duration(.retention) ?? .seconds(30 * 86_400),
            maxSize: object.byteCount(.maxSize) ?? ByteCount(bytes: 10 << 30))
    }
}
