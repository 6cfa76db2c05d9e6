package import Time

/// What runs here.
package struct ProgramReport: Sendable, Equatable {
    package var version: String
    /// What it stands on: `libcurl 7.88.1, OpenSSL/3.0.19, SQLite 3.40.1`.
    package var libraries: String
    package var startedAt: Timestamp
    package var storePath: String
    /// The configured bound of the store, in bytes.
    package var storeLimit: Int

    package init(version: String, libraries: String, startedAt: Timestamp, storePath: String, storeLimit: Int) {
        self.version = version
        self.libraries = libraries
        self.startedAt = startedAt
        self.storePath = storePath
        self.storeLimit = storeLimit
    }
}
