import Chats
package import Deliveries
package import DingTalk
package import Logging
package import Store
import Synchronization
package import Time

/// Polls the chats as the schedule says and stores what changed.
package final class Watcher: Sendable {
    /// Which chats, and how often at most and at least each of them.
    package struct Plan: Sendable {
        package var chats: [(id: String, label: String?)]
        package var interval: ClosedRange<Duration>
        package var subscriptions: Subscriptions

        package init(
            chats: [(id: String, label: String?)], interval: ClosedRange<Duration>, subscriptions: Subscriptions
        ) {
            self.chats = chats
            self.interval = interval
            self.subscriptions = subscriptions
        }
    }

    /// How often a held watcher looks whether it may go on.
    private static let holdInterval: Duration = .seconds(5)

    let client: DingTalkClient
    let store: any Store
    let time: any TimeSource
    let logger: Logger
    let plan: Plan
    /// Whether polling must rest because what it finds could not be stored.
    private let isHeld: @Sendable () -> Bool
    /// Called after every transaction that queued something.
    let wakeDispatcher: @Sendable () -> Void
    let state: Mutex<WatchState>
    /// Rung when a poll ended: there may be something to do before the planned time.
    private let alarm = Alarm()

    package init(
        client: DingTalkClient, store: any Store, time: any TimeSource, plan: Plan, schedule: any PollSchedule,
        logger: Logger, isHeld: @escaping @Sendable () -> Bool = { false },
        wakeDispatcher: @escaping @Sendable () -> Void
    ) {
        self.client = client
        self.store = store
        self.time = time
        self.plan = plan
        self.logger = logger
        self.isHeld = isHeld
        self.wakeDispatcher = wakeDispatcher
        var state = WatchState(schedule: schedule)
        let now = time.steady
        for chat in plan.chats { state.add(id: chat.id, label: chat.label, at: now) }
        self.state = Mutex(state)
    }

    package var statistics: WatchStatistics {
        state.withLock { $0.statistics }
    }

    /// Polls until cancelled. Throws when the store fails: what is not known to be stored must not be guessed.
    package func run() async throws {
        let wasFailing = try await isLastToldFailing()
        state.withLock { $0.health = AccountHealth(isFailing: wasFailing) }
        logger.info("watching", metadata: ["chats": "\(plan.chats.count)"])
        try await withThrowingDiscardingTaskGroup { group in
            while !Task.isCancelled {
                // Seen here rather than thrown by the child: a group that a child has failed does not wake its body.
                if let failure = state.withLock({ $0.failure }) { throw failure }
                if isHeld() {
                    await alarm.wait(until: time.steady + Self.holdInterval, time)
                    continue
                }
                switch state.withLock({ $0.next(at: time.steady) }) {
                case .poll(let chat): group.addTask { await self.pollNotingFailure(chat) }
                case .wait(let deadline): await alarm.wait(until: deadline, time)
                case .idle: await alarm.wait(until: nil, time)
                }
            }
        }
    }

    private func pollNotingFailure(_ chat: String) async {
        do {
            try await poll(chat)
        } catch {
            state.withLock { $0.failure = error }
        }
        alarm.ring()
    }

    /// Whether the last thing told about the account was that it fails: a restart must not tell it again.
    private func isLastToldFailing() async throws(StoreError) -> Bool {
        let query = EventQuery(type: Filter.Pattern("watch.*"), limit: 1)
        return try await store.events(query).first?.event.decoded()?.type == .watchFailing
    }
}
