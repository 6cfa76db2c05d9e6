package import Time

extension IndexSchedule {
    /// What to store of all chats together.
    package var learnedOrganization: LearnedOrganization { learner.learned }

    /// What to store of one chat; nil when it was never read.
    package func learned(of chat: String) -> LearnedRate? {
        handles[chat].flatMap { learned(of: $0) }
    }

    /// What is to be stored: spending, organization, and the chats that learned something since they were last taken, in
    /// rounds over all of them. Nil when there is nothing new.
    package mutating func takeMemory(atMost limit: Int) -> ScheduleMemory? {
        let rates = takeUnsaved(atMost: limit)
        let spending = budget.spending
        guard !rates.isEmpty || spending != savedSpending else { return nil }
        savedSpending = spending
        return ScheduleMemory(
            spending: spending, organization: learner.learned,
            rates: Dictionary(rates.map { ($0.chat, $0.rate) }) { first, _ in first })
    }

    /// Chats that learned something since they were last taken.
    mutating func takeUnsaved(atMost limit: Int) -> [(chat: String, rate: LearnedRate)] {
        var taken: [(chat: String, rate: LearnedRate)] = []
        for _ in 0..<records.count where taken.count < limit {
            savedUpTo = (savedUpTo + 1) % records.count
            guard records[savedUpTo].isUnsaved, let rate = learned(of: Int32(savedUpTo)) else { continue }
            records[savedUpTo].isUnsaved = false
            taken.append((ids[savedUpTo], rate))
        }
        return taken
    }

    /// Polls a chat on other terms; what was learned of it stays.
    package mutating func change(_ chat: String, _ terms: PollTerms, at now: Timestamp) {
        guard let handle = handles[chat] else { return }
        let isPolling = records[Int(handle)].place == .polling
        let learned = learned(of: chat)
        remove(chat)
        add(chat, terms, learned: learned, isPolling: isPolling, at: now)
    }

    /// Goes by other limits and another budget; what was learned and spent stays.
    package mutating func retune(_ limits: Limits, callsPerMonth: Int?, at now: Timestamp) {
        self.limits = limits
        var spending = budget.spending
        // Another number of calls is another agreement with the platform.
        if callsPerMonth != budget.callsPerMonth { spending.isRefused = false }
        budget = CallBudget(callsPerMonth: callsPerMonth, spending, at: now)
        pace.gap = .seconds(1 / limits.callsPerSecond)
        pace.nextTurn = min(pace.nextTurn, now + pace.gap)
        space(at: now)
        refresh(at: now)
    }

    private func learned(of handle: Int32) -> LearnedRate? {
        let record = records[Int(handle)]
        guard let lastPoll = record.lastPoll else { return nil }
        return LearnedRate(
            changes: record.evidence.changes, exposure: record.evidence.exposure, lastPoll: lastPoll)
    }
}
