extension ConfigurationNode {
    /// On the node of `watch`: compares the intervals with the calls that there are.
    ///
    /// A fixed interval is an order: one that cannot be followed is a mistake. `maxInterval` is kept as far as the calls
    /// reach, and the chats file may grow while the program runs: that it cannot be kept must not prevent a start. Where
    /// it is left out, nobody has been promised anything.
    func compareBudget(of watch: WatchSettings, with limits: [CallLimit]) {
        let budget = PollBudget(chats: watch.chats, limits: limits)
        let sentences = budget.impossibleIntervals
        for sentence in sentences { fixedIntervals.report(sentence) }
        let longest = member("maxInterval")
        guard sentences.isEmpty, !longest.isAbsent else { return }
        for sentence in budget.unkeptPromises(ofInterval: watch.interval.upperBound) { longest.warn(sentence) }
    }

    /// The one interval that is fixed, or the list when there are several.
    private var fixedIntervals: ConfigurationNode {
        let chats = member("chats")
        let intervals = (chats.elements ?? []).map { $0.member("interval") }.filter { !$0.isAbsent }
        return intervals.count == 1 ? intervals[0] : chats
    }
}
