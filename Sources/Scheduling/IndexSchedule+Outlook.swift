import Time

extension IndexSchedule {
    /// How often a chat is polled and how soon its changes are seen, as things stand; nil for one that is not watched.
    package func outlook(of chat: String) -> Outlook? {
        guard let handle = handles[chat] else { return nil }
        let record = records[Int(handle)]
        let shortest = max(limits.interval.lowerBound.inSeconds, pace.gap.inSeconds)
        if record.isFixed {
            let interval = max(Double(record.interval), shortest)
            return Outlook(interval: .seconds(interval), delay: .seconds(interval / 2))
        }
        let interval = min(max(threshold.value / Double(record.slope), shortest), threshold.longest)
        return Outlook(
            interval: .seconds(interval), delay: .seconds(interval / 2 * (1 - learner.rhythm.gain)))
    }

    /// What the chats teach of the week.
    package var rhythm: WeekRhythm { learner.rhythm }

    /// What a new chat is expected to be like.
    package var prior: RatePrior { learner.prior }
}
