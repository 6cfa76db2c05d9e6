package import Time

/// Whenever a call is affordable, polls the chat with the greatest weight · rate · (time since its last poll)², the
/// Whittle index of the problem, with rates learned on the way. Attains the least mean delay that the calls allow.
///
/// The index of a chat grows with the square of time, so its root is a straight line, and the chat with the greatest
/// index is the one that reached a common threshold first. Chats wait in a heap by the time at which they reach it;
/// the threshold follows what the calls afford. Time runs by the organization's rhythm throughout: see `WeekRhythm`.
package struct IndexSchedule: Sendable {
    package struct Limits: Sendable, Equatable {
        package var callsPerSecond: Double
        /// The least and the most time between two polls of one chat.
        package var interval: ClosedRange<Duration>

        package init(callsPerSecond: Double, interval: ClosedRange<Duration>) {
            self.callsPerSecond = callsPerSecond
            self.interval = interval
        }
    }

    /// After a failure that asks for no longer one.
    private static let longestRest: Duration = .seconds(3600)

    var limits: Limits
    package internal(set) var budget: CallBudget
    var learner: RateLearner
    var pace: Pace

    /// Ids are known at the edge only; inside, a chat is its index in these arrays.
    var handles: [String: Int32] = [:]
    var ids: [String] = []
    var records: [ChatRecord] = []
    private var freeHandles: [Int32] = []

    /// Position of each chat in the one heap that it is in, or -1.
    var positions: [Int32] = []
    var ready = DueHeap()
    var resting = DueHeap()
    var urgent = HandleQueue()
    var newcomers = HandleQueue()

    var threshold = IndexThreshold()
    /// Where the search for what is to be stored goes on.
    var savedUpTo = 0
    var savedSpending: ScheduleMemory.Spending?

    /// `seed`: of the spread of polls in time.
    package init(
        limits: Limits, budget: CallBudget, learned: LearnedOrganization? = nil, at now: Timestamp, seed: UInt64
    ) {
        self.limits = limits
        self.budget = budget
        learner = RateLearner(learned)
        pace = Pace(gap: .seconds(1 / limits.callsPerSecond), at: now, seed: seed)
    }

    package var count: Int { handles.count }

    /// Adds a chat; one of which nothing is remembered is read once, soon.
    ///
    /// `isPolling`: a poll of it is out, begun before it was added; it waits for that one's end.
    package mutating func add(
        _ chat: String, _ terms: PollTerms = PollTerms(), learned: LearnedRate? = nil, isPolling: Bool = false,
        at now: Timestamp
    ) {
        guard handles[chat] == nil else { return }
        var record = ChatRecord(terms, learned: learned)
        record.slope = learner.slope(of: record)
        let handle = slot(for: chat, record)
        handles[chat] = handle
        threshold.add(record)
        if isPolling {
            records[Int(handle)].place = .polling
        } else {
            place(handle, notBefore: now, at: now)
        }
    }

    private mutating func slot(for chat: String, _ record: ChatRecord) -> Int32 {
        if let handle = freeHandles.popLast() {
            ids[Int(handle)] = chat
            records[Int(handle)] = record
            return handle
        }
        ids.append(chat)
        records.append(record)
        positions.append(-1)
        return Int32(records.count - 1)
    }

    /// Lets polls go on that the platform had refused for the rest of the month.
    package mutating func askAgain() {
        budget.askAgain()
    }

    package func contains(_ chat: String) -> Bool { handles[chat] != nil }

    /// Never polls a chat again.
    package mutating func remove(_ chat: String) {
        guard let handle = handles.removeValue(forKey: chat) else { return }
        withdraw(handle)
        threshold.remove(records[Int(handle)])
        records[Int(handle)].place = .none
        records[Int(handle)].isUnsaved = false
        ids[Int(handle)] = ""
        freeHandles.append(handle)
    }

    /// Lets a chat be the next to be polled, whatever its turn. Many hints of one chat are one poll.
    package mutating func hasten(_ chat: String, at now: Timestamp) {
        guard let handle = handles[chat] else { return }
        records[Int(handle)].isHinted = true
        // One that is out now may have been read before what the hint tells of: it is polled once more afterwards.
        guard records[Int(handle)].place != .polling, records[Int(handle)].place != .urgent else { return }
        withdraw(handle)
        let earliest = records[Int(handle)].lastPoll.map { $0 + limits.interval.lowerBound }
        place(handle, notBefore: earliest ?? now, at: now)
    }

    /// A poll ended; the chat may be polled again after `backoff`, or in its ordinary turn without one.
    ///
    /// `calls`: how many the platform counted. None means that the turn was not spent: it is given back.
    package mutating func finished(
        _ chat: String, outcome: PollOutcome, calls: Int = 1, backoff: Duration? = nil, at now: Timestamp
    ) {
        budget.correct(by: calls - 1)
        if calls == 0 { pace.giveBack(at: now) }
        guard let handle = handles[chat], records[Int(handle)].place == .polling else { return }
        learn(handle, outcome, at: now)
        var rest = max(limits.interval.lowerBound, backoff ?? .zero)
        // Its index is as great as before: without a rest it would take every turn.
        if !outcome.isSuccess, backoff == nil {
            rest = max(rest, min(.seconds(pace.wallSpacing * Double(count)), Self.longestRest))
        }
        if records[Int(handle)].isFixed { rest = max(rest, fixedInterval(of: handle, at: now)) }
        if records[Int(handle)].isHinted { rest = max(limits.interval.lowerBound, backoff ?? .zero) }
        place(handle, notBefore: now + rest, at: now)
    }

    private mutating func learn(_ handle: Int32, _ outcome: PollOutcome, at now: Timestamp) {
        switch outcome {
        case .changed, .unchanged:
            threshold.remove(records[Int(handle)])
            learner.observe(&records[Int(handle)], changed: outcome == .changed, at: now)
            threshold.add(records[Int(handle)])
            learner.refitPrior(records)
        case .failed: break
        case .quotaSpent: budget.refuse()
        }
    }

    /// Puts a chat where it waits, which is nowhere yet.
    mutating func place(_ handle: Int32, notBefore: Timestamp, at now: Timestamp) {
        let record = records[Int(handle)]
        if notBefore > now {
            records[Int(handle)].place = .resting
            resting.insert(handle, due: notBefore.milliseconds, positions: &positions)
        } else if record.isHinted || (record.isFixed && record.lastPoll != nil) {
            records[Int(handle)].place = .urgent
            urgent.append(handle)
        } else if record.lastPoll == nil {
            records[Int(handle)].place = .new
            newcomers.append(handle)
        } else {
            records[Int(handle)].place = .ready
            ready.insert(handle, due: due(handle), positions: &positions)
        }
    }

    private mutating func withdraw(_ handle: Int32) {
        let position = Int(positions[Int(handle)])
        switch records[Int(handle)].place {
        case .resting: resting.remove(at: position, positions: &positions)
        case .ready: ready.remove(at: position, positions: &positions)
        case .none, .new, .urgent, .polling: break
        }
    }
}
