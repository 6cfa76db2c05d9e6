import Hummingbird

/// What a request handler may do to its connection besides answering.
struct ConnectionContext: InitializableFromSource {
    /// Closes the connection at once, before anything is written.
    let close: @Sendable () async throws -> Void

    init(source: ApplicationRequestContextSource) {
        let channel = source.channel
        close = { try await channel.close() }
    }
}
