package import Time

extension IndexSchedule {
    /// New chats are read within this time, in seconds.
    private static let firstReadSpan = 600.0
    /// With next to nothing to spend, how often it is looked whether there is more.
    private static let starvation: Duration = .seconds(3600)

    /// What to do now. A chat that is handed out is out of the schedule until `finished` brings it back.
    package mutating func next(at now: Timestamp) -> PollDecision {
        let decision = decide(at: now)
        // The reserve shrinks as the month goes on, and lets calls go that could not be afforded before.
        guard pace.starvedSince != nil, budget.left != 0, case .wait(let until) = decision else { return decision }
        return .wait(until: min(until, now + Self.starvation))
    }

    private mutating func decide(at now: Timestamp) -> PollDecision {
        prepare(at: now)
        guard let opening = opening() else { return .idle }
        if budget.left == 0 { return .wait(until: budget.month.end) }
        // `opening` may lie before the time at which any call may go out.
        let earliest = max(opening, pace.earliest)
        guard earliest <= now else { return .wait(until: earliest) }
        // A hint's moment is not of our choosing.
        if let end = pace.quietEnd(at: now), !isHintFirst { return .wait(until: end) }
        return urgentPoll(at: now) ?? firstRead(at: now) ?? ordinaryTurn(at: now)
    }

    /// Brings the month, the rhythm and the places of the chats up to date.
    private mutating func prepare(at now: Timestamp) {
        let month = budget.month
        budget.advance(to: now)
        if budget.month != month {
            space(at: now)
            pace.nextTurn = min(pace.nextTurn, now + .seconds(pace.wallSpacing))
        }
        if pace.spacing == 0 { space(at: now) }
        if let since = pace.starvedSince, now - since >= Self.starvation {
            space(at: now)
            if pace.starvedSince == nil { pace.nextTurn = min(pace.nextTurn, now) }
        }
        if learner.refitRhythm(at: now) { refresh(at: now) }
        while let first = resting.first, first.due <= now.milliseconds {
            resting.remove(at: 0, positions: &positions)
            place(first.chat, notBefore: now, at: now)
        }
        while let chat = urgent.first, records[Int(chat)].place != .urgent { urgent.removeFirst() }
        while let chat = newcomers.first, records[Int(chat)].place != .new { newcomers.removeFirst() }
    }

    /// The earliest time at which some chat may be polled; nil when none waits.
    private func opening() -> Timestamp? {
        if urgent.first != nil { return pace.earliest }
        var earliest: Timestamp?
        func consider(_ time: Timestamp) { earliest = min(earliest ?? time, time) }
        if newcomers.first != nil { consider(isReadingFirst ? min(pace.nextFirstRead, pace.nextTurn) : pace.nextTurn) }
        if let first = ready.first { consider(turnTime(for: first)) }
        if let first = resting.first { consider(Timestamp(milliseconds: first.due)) }
        return earliest
    }

    private var isHintFirst: Bool { urgent.first.map { records[Int($0)].isHinted } ?? false }

    /// Hinted chats, and those of a fixed interval. When hints have had more than their part, a hinted chat waits for
    /// the next ordinary turn.
    private mutating func urgentPoll(at now: Timestamp) -> PollDecision? {
        while let chat = urgent.first {
            urgent.removeFirst()
            guard records[Int(chat)].place == .urgent else { continue }
            guard records[Int(chat)].isHinted, !budget.takeHint(at: now) else { return handOut(chat, at: now) }
            records[Int(chat)].place = .ready
            ready.insert(chat, due: due(chat), positions: &positions)
        }
        return nil
    }

    /// New chats are read quickly as long as that takes a small part of the calls, else in ordinary turns.
    private var isReadingFirst: Bool {
        budget.callsPerMonth == nil || newcomers.count <= (budget.left ?? 0) / 10
    }

    private mutating func firstRead(at now: Timestamp) -> PollDecision? {
        guard let chat = newcomers.first, isReadingFirst, pace.nextFirstRead <= now else { return nil }
        let spacing = min(Self.firstReadSpan / Double(count), pace.wallSpacing)
        pace.nextFirstRead = now + max(pace.gap, .seconds(spacing * pace.jitter(Pace.spread)))
        pace.nextTurn = max(pace.nextTurn, pace.nextFirstRead)
        newcomers.removeFirst()
        return handOut(chat, at: now)
    }

    private mutating func ordinaryTurn(at now: Timestamp) -> PollDecision {
        if newcomers.first == nil, let first = ready.first {
            let time = turnTime(for: first)
            guard time <= now else { return .wait(until: time) }
        }
        guard pace.nextTurn <= now else { return .wait(until: pace.nextTurn) }
        if budget.spendable(at: now) == 0 { return .wait(until: budget.month.end) }
        if let chat = newcomers.first {
            newcomers.removeFirst()
            takeTurn(at: now)
            return handOut(chat, at: now)
        }
        guard let position = greatestIndex(at: now) else { return .idle }
        let entry = ready.entries[position]
        noteTurn(of: entry, at: now)
        ready.remove(at: position, positions: &positions)
        takeTurn(at: now)
        return handOut(entry.chat, at: now)
    }

    private mutating func handOut(_ chat: Int32, at now: Timestamp) -> PollDecision {
        budget.spend()
        pace.called(at: now)
        records[Int(chat)].place = .polling
        records[Int(chat)].isHinted = false
        return .poll(ids[Int(chat)])
    }
}
