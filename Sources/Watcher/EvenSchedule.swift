package import Time

/// Every chat in turn, the polls evenly spread: with n chats and an interval of T between two polls of one chat there is a
/// poll every T/n, never a burst.
///
/// T is `minInterval`, or as much more as it takes to stay within the rate of calls.
package struct EvenSchedule: PollSchedule {
    private let callSpacing: Duration
    private let minInterval: Duration
    /// Chats by the time they are next due, the earliest first.
    private var queue = DueQueue()
    /// Chats that are out being polled.
    private var polling: Set<String> = []
    private var members: Set<String> = []
    private var lastPoll: Timestamp?

    /// `callSpacing`: the least time between two calls of whatever chat.
    package init(callSpacing: Duration, minInterval: Duration) {
        self.callSpacing = callSpacing
        self.minInterval = minInterval
    }

    private var spacing: Duration {
        max(callSpacing, minInterval / max(members.count, 1))
    }

    package mutating func add(_ chat: String, at now: Timestamp) {
        guard members.insert(chat).inserted else { return }
        queue.insert(chat, due: now)
    }

    package mutating func remove(_ chat: String) {
        members.remove(chat)
        polling.remove(chat)
        queue.remove(chat)
    }

    package mutating func hasten(_ chat: String, at now: Timestamp) {
        guard members.contains(chat), !polling.contains(chat) else { return }
        queue.insert(chat, due: Timestamp(milliseconds: 0))
    }

    package mutating func next(at now: Timestamp) -> PollDecision {
        guard let first = queue.first else { return .idle }
        let turn = lastPoll.map { $0 + spacing } ?? now
        let time = max(turn, first.due)
        guard time <= now else { return .wait(until: time) }
        queue.remove(first.chat)
        polling.insert(first.chat)
        // A turn that came late moves the next one by at most one spacing: lost time is not made up in a burst.
        lastPoll = max(turn, now - spacing)
        return .poll(first.chat)
    }

    package mutating func finished(_ chat: String, outcome: PollOutcome, backoff: Duration?, at now: Timestamp) {
        guard polling.remove(chat) != nil else { return }
        queue.insert(chat, due: now + max(minInterval, backoff ?? .zero))
    }
}
