import Chats
import DingTalk
import Scheduling
import Store
import Time

/// All that the watcher knows between two polls. Decisions are made on it under a lock; acting on them happens outside.
struct WatchState: Sendable {
    /// Polls that are out at once at most: a host that does not answer must not gather them.
    private static let mostInFlight = 64
    /// Calls that run out so near the month's end were spread to do so.
    private static let ordinaryEnd: Duration = .seconds(6 * 3600)

    private(set) var policy: WatchPlan.Policy
    var schedule: IndexSchedule
    private(set) var health: AccountHealth
    private(set) var chats: [String: WatchedChat] = [:]
    /// Every chat's id in the order of their bytes, as the store lists them too.
    private(set) var ids: [String] = []
    private(set) var counts = ChatCounts()
    private(set) var statistics = WatchStatistics()
    /// Of the store, after which nothing more is to be done.
    var failure: StoreError?
    var isRunning = false
    /// No poll before this time, unless somebody wishes one.
    private var pauseEnd: Timestamp?
    /// No poll before this time: the platform said so.
    private var penaltyEnd: Timestamp?
    private(set) var lastSuccess: Timestamp?
    private(set) var pace = CallPace()
    private(set) var inFlight: [String: Timestamp] = [:]
    /// Who waits for a chat's next poll, and who for the one that is out.
    private var tickets: [String: [PollTicket]] = [:]
    private var ticketsInFlight: [String: [PollTicket]] = [:]

    /// `known`: what the store knows.
    init(plan: WatchPlan, known: WatchMemory, trouble: AccountHealth.Trouble?, at now: Timestamp, seed: UInt64) {
        let memory = known.schedule
        policy = plan.policy
        health = AccountHealth(trouble: trouble)
        schedule = IndexSchedule(
            limits: policy.limits, budget: CallBudget(callsPerMonth: policy.callsPerMonth, memory.spending, at: now),
            learned: memory.organization, at: now, seed: seed)
        for chat in plan.chats { add(chat, known, at: now) }
        sortIDs()
    }

    /// One that is known to be dismissed is not polled.
    private mutating func add(_ chat: WatchPlan.Chat, _ known: WatchMemory, at now: Timestamp) {
        let state = known.states[chat.id]
        chats[chat.id] = WatchedChat(chat, state: state)
        counts.add(state)
        guard state != .dismissed else { return }
        let learned = known.schedule.rates[chat.id]
        schedule.add(chat.id, chat.terms, learned: learned, isPolling: inFlight[chat.id] != nil, at: now)
    }

    private mutating func sortIDs() {
        ids = chats.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    // MARK: - Polling

    mutating func next(at now: Timestamp) -> PollDecision {
        // Somebody rings when a poll ends.
        if inFlight.count >= (health.isProbing ? 1 : Self.mostInFlight) { return .idle }
        if let heldUntil, now < heldUntil { return .wait(until: heldUntil) }
        (pauseEnd, penaltyEnd) = (nil, nil)
        let decision = schedule.next(at: now)
        if case .poll(let id) = decision {
            inFlight[id] = now
            ticketsInFlight[id] = tickets.removeValue(forKey: id)
        }
        return decision
    }

    /// What is to be told when the calls run out before their time; nil when they have not, or it has been told.
    mutating func noticeOfSpentCalls(at now: Timestamp) -> Change? {
        let budget = schedule.budget
        guard let calls = budget.callsPerMonth, budget.left == 0, budget.month.end - now > Self.ordinaryEnd else {
            return nil
        }
        return health.noteSpent(calls: calls, until: budget.month.end)
    }

    /// Takes in a poll that ended; returns what is to be announced of the account.
    mutating func finish(
        _ id: String, _ answer: MeteredReading, _ advance: Advance?, wall: Timestamp, steady: Timestamp
    ) -> Change? {
        let reading = answer.reading
        let startedAt = inFlight.removeValue(forKey: id) ?? steady
        let backoff = chats[id]?.note(reading, at: wall, interval: policy.limits.interval)
        // Who asked while this poll was out gets the next one.
        let isAwaited = tickets[id] != nil
        chats[id]?.isAskedFor = isAwaited
        schedule.finished(
            id, outcome: reading.outcome(with: advance), calls: answer.calls, backoff: backoff ?? nil, at: steady)
        statistics.note(reading, advance?.events ?? [], took: steady - startedAt)
        pace.note(used: schedule.budget.used, at: steady)
        if reading.isSuccess { lastSuccess = wall }
        let reaction = health.note(
            reading, AccountHealth.Span(wall: wall, startedAt: startedAt, endedAt: steady))
        if let length = reaction.pause { hold(until: steady + length, isBinding: reaction.isPauseBinding) }
        if let advance { note(ChatSummary.State(of: advance.state), of: id) }
        if chats[id]?.isDismissed == true, !isAwaited { schedule.remove(id) } else { schedule(id, at: steady) }
        return reaction.announcement
    }

    private mutating func note(_ state: ChatSummary.State, of id: String) {
        guard let chat = chats[id] else { return }
        counts.remove(chat.state)
        counts.add(state)
        chats[id]?.state = state
    }

    mutating func noteAnnounced(_ type: EventType) {
        statistics.noteAnnounced(type)
    }

    /// A poll that was handed out for a chat that is gone meanwhile: its call was not made.
    mutating func abandon(_ id: String, at steady: Timestamp) {
        inFlight[id] = nil
        schedule.finished(id, outcome: .failed, calls: 0, at: steady)
    }

    /// Those who waited for the poll that ended.
    mutating func takeTickets(of id: String) -> [PollTicket] {
        ticketsInFlight.removeValue(forKey: id) ?? []
    }

    private mutating func hold(until end: Timestamp, isBinding: Bool) {
        if isBinding {
            penaltyEnd = max(penaltyEnd ?? end, end)
        } else {
            pauseEnd = max(pauseEnd ?? end, end)
        }
    }

    /// The end of what holds all polls; may be over.
    var heldUntil: Timestamp? {
        [pauseEnd, penaltyEnd].compactMap(\.self).max()
    }

    /// A chat that is not in the schedule, such as a dismissed one, takes its turns again.
    private mutating func schedule(_ id: String, at now: Timestamp) {
        guard !schedule.contains(id), let chat = chats[id] else { return }
        schedule.add(id, chat.plan.terms, at: now)
    }

    // MARK: - Hints and wishes

    /// Something may have happened to a chat.
    mutating func hint(_ id: String, at now: Timestamp) {
        schedule.hasten(id, at: now)
    }

    /// Somebody wants a chat polled now, a dismissed one too.
    mutating func ask(_ id: String, ticket: PollTicket, at now: Timestamp) {
        guard chats[id] != nil else { return }
        chats[id]?.isAskedFor = true
        pauseEnd = nil
        // The organization may have more calls by now: nobody but the platform knows.
        schedule.askAgain()
        schedule(id, at: now)
        tickets[id, default: []].append(ticket)
        schedule.hasten(id, at: now)
    }

    /// A wish that nobody waits for any more.
    mutating func forget(_ ticket: PollTicket, of id: String) {
        tickets[id]?.removeAll { $0 === ticket }
        if tickets[id]?.isEmpty == true { tickets[id] = nil }
    }

    // MARK: - Reload

    /// `known`: what the store knows of chats that come anew.
    mutating func adopt(_ plan: WatchPlan, known: WatchMemory, at now: Timestamp) {
        let kept = Set(plan.chats.map(\.id))
        for id in ids where !kept.contains(id) {
            counts.remove(chats[id]?.state)
            chats[id] = nil
            schedule.remove(id)
        }
        for chat in plan.chats {
            guard let former = chats[chat.id]?.plan else {
                add(chat, known, at: now)
                continue
            }
            chats[chat.id]?.plan = chat
            if former.terms != chat.terms, schedule.contains(chat.id) { schedule.change(chat.id, chat.terms, at: now) }
        }
        if plan.policy.limits != policy.limits || plan.policy.callsPerMonth != policy.callsPerMonth {
            schedule.retune(plan.policy.limits, callsPerMonth: plan.policy.callsPerMonth, at: now)
        }
        policy = plan.policy
        sortIDs()
    }
}

extension ChatReading {
    var isSuccess: Bool {
        switch self {
        case .answered, .unchanged: true
        case .refused, .unreadable, .cancelled: false
        }
    }

    fileprivate func outcome(with advance: Advance?) -> PollOutcome {
        switch self {
        case .answered, .unchanged: advance != nil ? .changed : .unchanged
        case .refused(let refusal): refusal.errorClass == .quota ? .quotaSpent : .failed
        case .unreadable, .cancelled: .failed
        }
    }
}
