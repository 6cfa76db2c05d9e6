import Time

extension IndexSchedule {
    /// What fixed intervals may take of the calls at most.
    private static let fixedShare = 0.9
    /// Appointments of the week's plan stand on half hours; chats come within this many milliseconds after them.
    private static let appointmentSpread: UInt64 = 900_000

    /// When to poll whom in the week; nil where even spacing by the poll clock is as good, or calls are not scarce.
    var plan: WeekPlan? { budget.callsPerMonth == nil ? nil : learner.plan }

    /// Spreads the calls that are left over the rest of the month; without a budget, the polls over the least interval.
    mutating func space(at now: Timestamp) {
        let gap = pace.gap.inSeconds
        if let spendable = budget.spendable(at: now) {
            let seconds = max(1, (budget.month.end - now).inSeconds)
            let affordable = Double(spendable) - fixedRate(at: now) * seconds
            let free = max(0.5, affordable)
            pace.starvedSince = affordable < 1 ? now : nil
            pace.spacing = learner.rhythm.pollClock.elapsed(from: now, to: budget.month.end) / free
            pace.wallSpacing = max(gap, seconds / free)
        } else {
            pace.wallSpacing = max(gap, limits.interval.lowerBound.inSeconds / Double(max(threshold.chats, 1)))
            pace.spacing = pace.wallSpacing
        }
        threshold.update(spacing: pace.spacing, longest: longestInterval)
        if threshold.hasDrifted(learner.prior) { refresh(at: now) }
    }

    /// The upper bound of intervals is kept as long as there are calls enough to keep it for every chat; otherwise it
    /// would only force an even round, and twice the even interval takes its place.
    private var longestInterval: Double {
        let even = Double(threshold.chats) * pace.wallSpacing
        let wanted = limits.interval.upperBound.inSeconds
        return even <= wanted ? wanted : 2 * even
    }

    /// Orders the waiting chats anew: their slopes, the threshold or the clock changed; O(n).
    mutating func refresh(at now: Timestamp) {
        if threshold.orderedPrior != learner.prior {
            threshold.reset()
            for index in records.indices where records[index].place != .none {
                records[index].slope = learner.slope(of: records[index])
                threshold.add(records[index])
            }
        }
        threshold.update(spacing: pace.spacing, longest: longestInterval)
        threshold.ordered(under: learner.prior)
        var heap = DueHeap()
        swap(&heap, &ready)
        heap.rekey { due($0) }
        heap.reorder(positions: &positions)
        swap(&heap, &ready)
    }

    /// When a chat's turn comes, as it looks now: a time to be ordered by, not an appointment.
    func due(_ chat: Int32) -> Int64 {
        let record = records[Int(chat)]
        guard let last = record.lastPoll, !record.isHinted else { return 0 }
        let latest = (last + .seconds(threshold.longest)).milliseconds
        let wait = threshold.value / Double(max(record.slope, .leastNormalMagnitude))
        // No clock runs slower than a hundredth of time for long: this is beyond the latest anyhow.
        guard wait < 100 * threshold.longest else { return latest }
        if let appointment = plan?.next(after: last, interval: wait) {
            let hash = SplitMix64.mix(UInt64(bitPattern: last.milliseconds) ^ UInt64(chat))
            return min(appointment.milliseconds + Int64(hash % Self.appointmentSpread), latest)
        }
        let clock = learner.rhythm.pollClock
        return min(clock.instant(of: clock.reading(at: last) + wait).milliseconds, latest)
    }

    /// Calls a second that go to chats of a fixed interval.
    private func fixedRate(at now: Timestamp) -> Double {
        guard let spendable = budget.spendable(at: now) else { return threshold.fixedRate }
        let affordable = Double(spendable) / max(1, (budget.month.end - now).inSeconds)
        return min(threshold.fixedRate, Self.fixedShare * affordable)
    }

    /// Seconds until a chat of fixed interval is polled again; stretched when all of them ask for more calls than
    /// there are.
    mutating func fixedInterval(of chat: Int32, at now: Timestamp) -> Duration {
        let granted = fixedRate(at: now)
        let stretch = granted > 0 ? threshold.fixedRate / granted : 1
        return .seconds(Double(records[Int(chat)].interval) * stretch * pace.jitter(0.03))
    }
}
