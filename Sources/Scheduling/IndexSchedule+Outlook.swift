import Time

extension IndexSchedule {
    /// How often a chat is polled and how soon its changes are seen, as things stand; nil for one that is not watched.
    package func outlook(of chat: String) -> Outlook? {
        guard let handle = handles[chat] else { return nil }
        let record = records[Int(handle)]
        let shortest = max(limits.interval.lowerBound.inSeconds, pace.gap.inSeconds)
        if record.isFixed {
            let interval = max(Double(record.interval), shortest)
            return Outlook(interval: .seconds(interval), delay: .seconds(interval / 2), nextPoll: nextPoll(of: handle))
        }
        let interval = min(max(threshold.value / Double(record.slope), shortest), threshold.longest)
        return Outlook(
            interval: .seconds(interval), delay: .seconds(interval / 2 * (1 - learner.rhythm.gain)),
            nextPoll: nextPoll(of: handle))
    }

    private func nextPoll(of handle: Int32) -> Timestamp? {
        let position = Int(positions[Int(handle)])
        switch records[Int(handle)].place {
        case .none, .polling: return nil
        case .new, .urgent: return pace.earliest
        case .ready: return max(Timestamp(milliseconds: ready.entries[position].due), pace.nextTurn)
        case .resting:
            let rested = Timestamp(milliseconds: resting.entries[position].due)
            let isTurn = !records[Int(handle)].isFixed && !records[Int(handle)].isHinted
            return isTurn ? max(rested, Timestamp(milliseconds: due(handle))) : rested
        }
    }

    /// Ordinary turns, and chats of a fixed interval, as they are planned now.
    package var callsPerDay: Double {
        guard pace.wallSpacing > 0 else { return 0 }
        return 86_400 / pace.wallSpacing + threshold.fixedRate * 86_400
    }

    /// What the chats teach of the week.
    package var rhythm: WeekRhythm { learner.rhythm }

    /// What a new chat is expected to be like.
    package var prior: RatePrior { learner.prior }
}
