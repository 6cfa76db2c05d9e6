import Hummingbird

/// The connection of a request.
struct AdminContext: InitializableFromSource {
    /// The port by which it came in.
    let port: Int
    /// Closes it at once.
    let close: @Sendable () async throws -> Void

    init(source: ApplicationRequestContextSource) {
        let channel = source.channel
        port = channel.localAddress?.port ?? 0
        close = { try await channel.close() }
    }
}
