import Hummingbird
import HummingbirdCore
package import Logging
import ServiceLifecycle
package import Store
import Synchronization
package import Time

/// The HTTP server of the API, the dashboard and the platform's pushes.
package struct AdminServer: Service {
    private let configuration: AdminConfiguration
    private let responder: AdminResponder
    private let watch: ReaderWatch
    private let feed: Feed
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) -> Void

    /// `time` is the one that the dispatcher goes by. `onListening` is called once, when connections are accepted.
    package init(
        _ configuration: AdminConfiguration, store: any Store, operations: any Operations, feed: Feed,
        version: String, time: any TimeSource, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.feed = feed
        self.logger = logger
        self.onListening = onListening
        watch = ReaderWatch(patience: configuration.limits.patience)
        let backing = Backing(store: store, operations: operations, feed: feed, time: time)
        responder = AdminResponder(
            gate: Gate(configuration),
            table: AdminRoutes.all(configuration, backing, version: version, logger: logger),
            basePath: configuration.basePath, limits: configuration.limits, watch: watch, logger: logger)
    }

    /// Serves until it is told to stop; throws `ListenFailure` when it cannot begin.
    package func run() async throws {
        let (feed, watch, hasBegun) = (feed, watch, Flag())
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watch.run() }
                // Streams do not end by themselves, and a server stops when its answers have ended.
                try await withGracefulShutdownHandler {
                    try await application(hasBegun).run()
                } onGracefulShutdown: {
                    feed.close()
                }
                group.cancelAll()
            }
        } catch  where !hasBegun.isSet && !Task.isCancelled {
            throw ListenFailure(host: configuration.host, port: configuration.port, error)
        }
    }

    private func application(_ hasBegun: Flag) -> some ApplicationProtocol {
        let quiet = Logger(label: "admin") { _ in SwiftLogNoOpLogHandler() }
        let limits = configuration.limits
        return Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    // A little longer than for a body, which can be told why.
                    idleTimeout: .nanoseconds(limits.patience.wholeMilliseconds * 1_250_000),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                        maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
            onServerRunning: { channel in
                hasBegun.set()
                announce(port: channel.localAddress?.port ?? 0)
            },
            logger: quiet)
    }

    private func announce(port: Int) {
        logger.info("the admin server listens", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
        onListening(port)
    }
}

private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}
