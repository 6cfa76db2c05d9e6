extension IndexSchedule {
    /// What to store of all chats together.
    package var learnedOrganization: LearnedOrganization { learner.learned }

    /// What to store of one chat; nil when it was never read.
    package func learned(of chat: String) -> LearnedRate? {
        handles[chat].flatMap { learned(of: $0) }
    }

    /// Chats that learned something since they were last taken, in rounds over all of them: to be stored in a batch.
    package mutating func takeUnsaved(atMost limit: Int) -> [(chat: String, rate: LearnedRate)] {
        var taken: [(chat: String, rate: LearnedRate)] = []
        for _ in 0..<records.count where taken.count < limit {
            savedUpTo = (savedUpTo + 1) % records.count
            guard records[savedUpTo].isUnsaved, let rate = learned(of: Int32(savedUpTo)) else { continue }
            records[savedUpTo].isUnsaved = false
            taken.append((ids[savedUpTo], rate))
        }
        return taken
    }

    private func learned(of handle: Int32) -> LearnedRate? {
        let record = records[Int(handle)]
        guard let lastPoll = record.lastPoll else { return nil }
        return LearnedRate(
            changes: record.evidence.changes, exposure: record.evidence.exposure, lastPoll: lastPoll)
    }
}
