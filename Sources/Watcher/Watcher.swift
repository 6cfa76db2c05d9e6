import Chats
import Deliveries
package import DingTalk
package import Logging
import Scheduling
package import Store
import Synchronization
package import Time

/// Polls the chats as the schedule says and stores what changed.
package final class Watcher: Sendable {
    /// How often a held watcher looks whether it may go on.
    private static let holdInterval: Duration = .seconds(5)

    let client: DingTalkClient
    let store: any Store
    let time: any TimeSource
    let logger: Logger
    /// Whether polling must rest because what it finds could not be stored.
    let isHeld: @Sendable () -> Bool
    /// Called after every transaction that queued something.
    let wakeDispatcher: @Sendable () -> Void
    let state: Mutex<WatchState>
    /// Rung when there may be something to do before the planned time.
    let alarm = Alarm()

    /// `seed`: of the spread of polls in time.
    package init(
        client: DingTalkClient, store: any Store, time: any TimeSource, plan: WatchPlan, logger: Logger,
        seed: UInt64 = .random(in: .min ... .max), isHeld: @escaping @Sendable () -> Bool = { false },
        wakeDispatcher: @escaping @Sendable () -> Void
    ) async throws(StoreError) {
        self.client = client
        self.store = store
        self.time = time
        self.logger = logger
        self.isHeld = isHeld
        self.wakeDispatcher = wakeDispatcher
        let trouble = try await Self.lastTrouble(in: store)
        state = Mutex(
            WatchState(
                plan: plan, known: try await WatchMemory(of: store), trouble: trouble, at: time.steady, seed: seed))
    }

    /// Polls until cancelled. Throws when the store fails: what is not known to be stored must not be guessed.
    package func run() async throws {
        let counts = state.withLock { $0.counts }
        logger.info(
            "watching",
            metadata: ["chats": "\(counts.total - counts[.dismissed])", "dismissed": "\(counts[.dismissed])"])
        state.withLock { $0.isRunning = true }
        defer { state.withLock { $0.isRunning = false } }
        let result: Result<Void, any Error>
        do {
            result = .success(try await poll())
        } catch {
            result = .failure(error)
        }
        // A stop loses nothing of what was learned; after a failure of the store this throws the same once more.
        try await saveMemory(atMost: .max)
        try result.get()
    }

    private func poll() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await self.noting { () throws(StoreError) in try await self.keepBooks() } }
            while !Task.isCancelled {
                // Seen here rather than thrown by the child: a group that a child has failed does not wake its body.
                if let failure = state.withLock({ $0.failure }) { throw failure }
                if isHeld() {
                    await alarm.wait(until: time.steady + Self.holdInterval, time)
                    continue
                }
                let now = time.steady
                switch state.withLock({ $0.next(at: now) }) {
                case .poll(let chat):
                    group.addTask {
                        await self.noting { () throws(StoreError) in try await self.poll(chat) }
                        self.alarm.ring()
                    }
                case .wait(let deadline):
                    if let notice = state.withLock({ $0.noticeOfSpentCalls(at: now) }) { try await announce(notice) }
                    await alarm.wait(until: deadline, time)
                case .idle: await alarm.wait(until: nil, time)
                }
            }
            group.cancelAll()
        }
    }

    private func noting(_ work: () async throws(StoreError) -> Void) async {
        do {
            try await work()
        } catch {
            state.withLock { $0.failure = error }
            alarm.ring()
        }
    }

    func announce(_ change: Change) async throws(StoreError) {
        let subscriptions = state.withLock { state in
            state.noteAnnounced(change.type)
            return state.policy.subscriptions
        }
        let event = try await store.announce(change, at: time.now, to: subscriptions)
        let level: Logger.Level = event.type == .watchRecovered ? .info : .warning
        logger.log(level: level, "\(event.type.rawValue)", metadata: ["event": "\(event.id)"])
        wakeDispatcher()
    }

    /// What the last thing told about the account was, if that it fails: a restart must not tell it again.
    private static func lastTrouble(in store: any Store) async throws(StoreError) -> AccountHealth.Trouble? {
        let query = EventQuery(type: Filter.Pattern("watch.*"), limit: 1)
        guard let event = try await store.events(query).first?.event.decoded(),
            case .watchFailing(let refusal, let hint) = event.change
        else { return nil }
        return AccountHealth.Trouble(refusal, hint: hint)
    }
}
