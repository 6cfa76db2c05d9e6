import Dispatcher
import ServiceLifecycle

/// A part that ends when its task is cancelled, in the middle of anything.
struct CancellableService: Service {
    let body: @Sendable () async throws -> Void

    init(run body: @escaping @Sendable () async throws -> Void) {
        self.body = body
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await body()
        }
    }
}

/// The dispatcher, which is asked to stop and brings what is in flight to its end.
struct DispatchService: Service {
    let dispatcher: Dispatcher
    let timeout: Duration

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await dispatcher.run()
        } onGracefulShutdown: {
            dispatcher.stop(within: timeout)
        }
    }
}
