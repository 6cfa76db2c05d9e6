import Dispatcher
import EventLoop
import Logging
import ServiceLifecycle
import Time
import Watcher

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
    let executor: LoopTaskExecutor
    let timeout: Duration

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withTaskExecutorPreference(executor) { try await dispatcher.run() }
        } onGracefulShutdown: {
            dispatcher.stop(within: timeout)
        }
    }
}

/// The watch. It begins when the admin server can be reached: a process that cannot come up asks the platform nothing.
struct WatchService: Service {
    let watcher: Watcher
    /// Where it runs: most of what it does is to ask the engine.
    let executor: LoopTaskExecutor
    /// Rung when it may begin.
    let isServed: Alarm
    let time: any TimeSource
    /// For what is in flight when it ends.
    let shutdownTimeout: Duration
    let logger: Logger

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await cancelWhenGracefulShutdown {
                await isServed.wait(until: nil, time)
                if !Task.isCancelled {
                    try await withTaskExecutorPreference(executor) { try await watcher.run() }
                }
            }
        } onGracefulShutdown: {
            logger.info("stopping", metadata: ["within": "\(shutdownTimeout.text)"])
        }
    }
}
