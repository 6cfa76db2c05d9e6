package import Deliveries
package import Logging
package import Store
import Synchronization
package import Time

/// Takes due deliveries from the store and sends them. Each endpoint has a worker of its own, so that none waits for another.
package struct Dispatcher: Sendable {
    /// From the instant that a try's record bears until it may go out, at most.
    private static let slowestRecord: Duration = .seconds(5)

    private let roster: Roster
    private let store: any Store
    private let time: any TimeSource
    private let logger: Logger
    private let userAgent: String
    private let newestRecord: Timestamp?
    private let jitter: @Sendable () -> Double
    private let onJudged: @Sendable ([DeliveryID]) -> Void
    private let onAnnounced: @Sendable () -> Void
    private let board = StatisticsBoard()

    /// - `userAgent`: such as `belfry/1.0`.
    /// - `newestRecord`: the newest instant that the store had recorded when this process began. How often each endpoint
    ///   was sent to just before is not known, so all rates count as used up when what was recorded then may have arrived. Nil
    ///   for a new store.
    /// - `jitter`: numbers in 0..<1 that spread retries and probes.
    /// - `onJudged`: called with deliveries whose tries were judged, once that is stored. Must be brief, as the next one.
    /// - `onAnnounced`: called when an event of an endpoint was stored.
    package init(
        endpoints: [Endpoint], store: any Store, sender: any Sender, time: any TimeSource, logger: Logger,
        userAgent: String, newestRecord: Timestamp? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        onJudged: @escaping @Sendable ([DeliveryID]) -> Void = { _ in },
        onAnnounced: @escaping @Sendable () -> Void = {}
    ) {
        roster = Roster(endpoints, sender: sender)
        self.store = store
        self.time = time
        self.logger = logger
        self.userAgent = userAgent
        self.newestRecord = newestRecord
        self.jitter = jitter
        self.onJudged = onJudged
        self.onAnnounced = onAnnounced
    }

    /// Delivers until cancelled or stopped; to be run once. The store must have been recovered. Throws when the store fails:
    /// what is not known to be stored must not be guessed.
    package func run() async throws {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { await self.change() }
            try await hire(into: &group)
            while !roster.isDone, let ended = try await group.next() {
                if Task.isCancelled { break }
                if let ended { roster.vacate(ended) } else { group.addTask { await self.change() } }
                try await hire(into: &group)
            }
            group.cancelAll()
        }
    }

    /// Returns when the roster has changed.
    private func change() async -> String? {
        await roster.alarm.wait(until: nil, time)
        return nil
    }

    /// Starts a worker, which ends with its name, for each endpoint that has none.
    private func hire(into group: inout ThrowingTaskGroup<String?, any Error>) async throws {
        let posts = roster.takeVacancies()
        guard !posts.isEmpty else { return }
        let states = try await store.register(endpoints: posts.map(\.endpoint.name))
        for (post, state) in zip(posts, states) {
            let worker = worker(at: post)
            group.addTask {
                try await worker.run(from: state)
                return post.endpoint.name
            }
        }
    }

    private func worker(at post: Roster.Post) -> EndpointWorker {
        let roster = roster
        return EndpointWorker(
            endpoint: post.endpoint,
            courier: Courier(endpoint: post.endpoint, sender: post.sender, time: time, userAgent: userAgent),
            store: store, time: time, mailbox: post.mailbox,
            reporter: Reporter(endpoint: post.endpoint.name, logger: logger, board: board),
            subscriptions: { roster.subscriptions }, wakeAll: announced, onJudged: onJudged,
            ratesUsedUpAt: ratesUsedUpAt(at: post), jitter: jitter)
    }

    /// How often the worker before sent is not known to this one, nor when the last of it arrived: at the latest a request's
    /// whole time limit after its record, which itself may have been slow to reach the disk.
    private func ratesUsedUpAt(at post: Roster.Post) -> Timestamp? {
        if post.isTakenOver { return time.steady }
        return newestRecord.map { min(time.steady, $0 + Self.slowestRecord + post.endpoint.timeout) }
    }

    private func announced() {
        wake()
        onAnnounced()
    }

    /// Something was queued. May be called from anywhere, as often as one likes.
    package func wake() {
        roster.wake()
    }

    /// Delivers to other endpoints from now on. What is in flight ends as it began. Endpoints that are gone keep what waits
    /// for them.
    ///
    /// `changed`: those among them that are not as they were, by name; a new sender makes it all of them.
    package func adopt(_ endpoints: [Endpoint], changed: Set<String>, sender: (any Sender)? = nil) {
        let changed = sender == nil ? changed : Set(endpoints.map(\.name))
        roster.adopt(endpoints, changed: changed, sender: sender ?? roster.sender)
    }

    /// Starts nothing more and lets `run` return: once nothing is in flight, at the latest after `timeout`. What is cut off
    /// then stays recorded as an open try.
    package func stop(within timeout: Duration) {
        roster.stop(by: time.steady + timeout)
    }

    /// Holds an endpoint's deliveries back; stored when this returns. False when there is no such endpoint or `run` has ended.
    package func pause(_ endpoint: String) async -> Bool {
        await roster.mailbox(of: endpoint)?.request(.pause) ?? false
    }

    /// Lifts a pause or a disabling and lets a failing endpoint be probed at once. Returns as `pause` does.
    package func resume(_ endpoint: String) async -> Bool {
        await roster.mailbox(of: endpoint)?.request(.resume) ?? false
    }

    /// Sends one event to an endpoint, past its queue; nil when there is no such endpoint.
    package func trial(of endpoint: String) -> EndpointTrial? {
        roster.endpoint(endpoint).map {
            EndpointTrial(endpoint: $0, sender: roster.sender, time: time, userAgent: userAgent)
        }
    }

    package var statistics: DispatcherStatistics {
        board.statistics.withLock { $0 }
    }
}
