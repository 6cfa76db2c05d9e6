import Time

/// Ordinary turns: when the next one is, and which chat it goes to.
///
/// A turn is earned every `spacing` seconds of the poll clock. Without a plan it is taken at once. With a plan, turns
/// are saved for the times at which many chats are due, the end of office hours above all.
extension IndexSchedule {
    /// Of the first levels of the heap: the more chats there are, the less it matters which of the first goes.
    private var candidates: Int { ready.entries.count < 1000 ? 31 : 7 }
    /// With saved turns, calls are at least this share of the mean time between calls apart.
    private static let closest = 1.0 / 8
    /// How strongly the threshold follows the turns that are saved.
    private static let savingGain = 0.1

    private var savedTurns: Double { max(1, Double(threshold.chats)) }

    /// When the first chat in `ready`, or one better, may be polled.
    func turnTime(for first: DueHeap.Entry) -> Timestamp {
        guard plan != nil else { return pace.nextTurn }
        let clock = learner.rhythm.pollClock
        // More turns than this are not saved: the best chat is polled although it is not due.
        let full = clock.instant(of: clock.reading(at: pace.nextTurn) + pace.spacing * savedTurns)
        return max(pace.nextTurn, pace.nextSavedTurn, min(Timestamp(milliseconds: first.due), full))
    }

    mutating func takeTurn(at now: Timestamp) {
        space(at: now)
        var earned = now
        if plan != nil {
            let clock = learner.rhythm.pollClock
            let oldest = clock.instant(of: clock.reading(at: now) - pace.spacing * savedTurns)
            earned = min(now, max(pace.nextTurn, oldest))
            pace.nextSavedTurn = now + .seconds(pace.wallSpacing * Self.closest * pace.jitter(0.5))
        }
        pace.nextTurn = turn(after: earned)
    }

    private mutating func turn(after earned: Timestamp) -> Timestamp {
        let jitter = pace.jitter(Pace.spread)
        guard budget.callsPerMonth != nil else { return earned + .seconds(pace.wallSpacing * jitter) }
        let clock = learner.rhythm.pollClock
        let turn = clock.instant(of: clock.reading(at: earned) + pace.spacing * jitter)
        return min(max(turn, earned + pace.gap), budget.month.end + .seconds(60 * jitter))
    }

    /// The position in `ready` of the chat to be polled.
    ///
    /// The heap is ordered by a threshold that moves on, so the first is only nearly the best: the index itself
    /// decides among the first few levels. A hint, an appointment of the plan, or a chat at the longest interval,
    /// goes before.
    func greatestIndex(at now: Timestamp) -> Int? {
        guard let first = ready.first else { return nil }
        if plan != nil || first.due == 0 || (first.due <= now.milliseconds && isAtLongest(first)) { return 0 }
        let clock = learner.rhythm.pollClock
        let reading = clock.reading(at: now)
        var best = 0
        var greatest = -Double.infinity
        for position in 0..<min(ready.entries.count, candidates) {
            let record = records[Int(ready.entries[position].chat)]
            guard let last = record.lastPoll else { continue }
            let root = Double(record.slope) * (reading - clock.reading(at: last))
            if root > greatest { (best, greatest) = (position, root) }
        }
        return best
    }

    private func isAtLongest(_ entry: DueHeap.Entry) -> Bool {
        guard let last = records[Int(entry.chat)].lastPoll else { return false }
        return entry.due >= (last + .seconds(threshold.longest)).milliseconds
    }

    /// Lets the threshold learn from how a turn came about: polls that come late mean that it is too low, turns that
    /// are saved and not needed that it is too high.
    mutating func noteTurn(of entry: DueHeap.Entry, at now: Timestamp) {
        guard let last = records[Int(entry.chat)].lastPoll, last < now, !isAtLongest(entry) else { return }
        if plan != nil {
            let saved = learner.rhythm.pollClock.elapsed(from: pace.nextTurn, to: now) / (pace.spacing * savedTurns)
            threshold.adapt(lateness: (0.5 - min(1, saved)) * Self.savingGain)
        } else {
            threshold.adapt(
                lateness: Double(now.milliseconds - entry.due) / Double(now.milliseconds - last.milliseconds))
        }
    }
}
