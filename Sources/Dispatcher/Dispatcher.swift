package import Deliveries
package import Logging
package import Store
import Synchronization
package import Time

/// Takes due deliveries from the store and sends them. Each endpoint has a worker of its own, so that none waits for another.
package struct Dispatcher: Sendable {
    private let endpoints: [Endpoint]
    private let store: any Store
    private let sender: any Sender
    private let time: any TimeSource
    private let logger: Logger
    private let userAgent: String
    private let ratesUsedUpAt: Timestamp?
    private let jitter: @Sendable () -> Double
    private let mailboxes: [String: Mailbox]
    private let board = StatisticsBoard()

    /// - `userAgent`: such as `belfry/1.0`.
    /// - `newestRecord`: the newest instant that the store had recorded when this process began. How often each endpoint
    ///   was sent to just before is not known, so all rates count as used up at that time. Nil for a new store.
    /// - `jitter`: numbers in 0..<1 that spread retries and probes.
    package init(
        endpoints: [Endpoint], store: any Store, sender: any Sender, time: any TimeSource, logger: Logger,
        userAgent: String, newestRecord: Timestamp? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.endpoints = endpoints
        self.store = store
        self.sender = sender
        self.time = time
        self.logger = logger
        self.userAgent = userAgent
        ratesUsedUpAt = newestRecord
        self.jitter = jitter
        mailboxes = Dictionary(endpoints.map { ($0.name, Mailbox()) }) { first, _ in first }
    }

    /// Delivers until cancelled or stopped; to be run once. The store must have been recovered. Throws when the store fails:
    /// what is not known to be stored must not be guessed.
    package func run() async throws {
        let subscriptions = Subscriptions(endpoints)
        let states = try await store.register(endpoints: endpoints.map(\.name))
        try await withThrowingTaskGroup { workers in
            for (endpoint, state) in zip(endpoints, states) {
                guard let mailbox = mailboxes[endpoint.name] else { continue }
                let worker = EndpointWorker(
                    endpoint: endpoint,
                    courier: Courier(endpoint: endpoint, sender: sender, time: time, userAgent: userAgent),
                    store: store, time: time, mailbox: mailbox,
                    reporter: Reporter(endpoint: endpoint.name, logger: logger, board: board),
                    subscriptions: subscriptions, wakeAll: wake, ratesUsedUpAt: ratesUsedUpAt, jitter: jitter)
                workers.addTask { try await worker.run(from: state) }
            }
            try await workers.waitForAll()
        }
    }

    /// Something was queued. May be called from anywhere, as often as one likes.
    package func wake() {
        for mailbox in mailboxes.values { mailbox.wake() }
    }

    /// Starts nothing more and lets `run` return: once nothing is in flight, at the latest after `timeout`. What is cut off
    /// then stays recorded as an open try.
    package func stop(within timeout: Duration) {
        let deadline = time.steady + timeout
        for mailbox in mailboxes.values { mailbox.stop(by: deadline) }
    }

    /// Holds an endpoint's deliveries back; stored when this returns. False when there is no such endpoint or `run` has ended.
    package func pause(_ endpoint: String) async -> Bool {
        await mailboxes[endpoint]?.request(.pause) ?? false
    }

    /// Lifts a pause or a disabling and lets a failing endpoint be probed at once. Returns as `pause` does.
    package func resume(_ endpoint: String) async -> Bool {
        await mailboxes[endpoint]?.request(.resume) ?? false
    }

    package var statistics: DispatcherStatistics {
        board.statistics.withLock { $0 }
    }
}
