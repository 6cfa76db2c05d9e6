import Chats
import DingTalk
import Store
import Time

/// All that the watcher knows between two polls. Decisions are made on it under a lock; acting on them happens outside.
struct WatchState: Sendable {
    var schedule: any PollSchedule
    var health: AccountHealth
    private(set) var chats: [String: WatchedChat] = [:]
    private(set) var statistics = WatchStatistics()
    /// Of the store, after which nothing more is to be done.
    var failure: StoreError?
    private var pausedUntil: Timestamp?

    init(schedule: any PollSchedule) {
        self.schedule = schedule
        health = AccountHealth(isFailing: false)
    }

    mutating func add(id: String, label: String?, at now: Timestamp) {
        chats[id] = WatchedChat(id: id, label: label)
        schedule.add(id, at: now)
    }

    mutating func remove(_ id: String) {
        chats[id] = nil
        schedule.remove(id)
    }

    mutating func next(at now: Timestamp) -> PollDecision {
        if let pausedUntil {
            if now < pausedUntil { return .wait(until: pausedUntil) }
            self.pausedUntil = nil
        }
        return schedule.next(at: now)
    }

    /// Takes in a poll that ended; returns what is to be announced of the account.
    mutating func finish(
        _ id: String, _ reading: ChatReading, _ advance: Advance?, now: Timestamp, steady: Timestamp,
        interval: ClosedRange<Duration>
    ) -> Change? {
        let backoff = chats[id]?.note(reading, at: now, interval: interval)
        let outcome: PollOutcome = advance != nil ? .changed : reading.isSuccess ? .unchanged : .failed
        schedule.finished(id, outcome: outcome, backoff: backoff ?? nil, at: steady)
        statistics.note(reading, events: advance?.events.count ?? 0)
        let reaction = health.note(reading, at: steady)
        if let until = reaction.pauseUntil {
            pausedUntil = max(pausedUntil ?? until, until)
        }
        return reaction.announcement
    }
}

extension ChatReading {
    var isSuccess: Bool {
        switch self {
        case .answered, .unchanged: true
        case .refused, .unreadable, .cancelled: false
        }
    }
}
