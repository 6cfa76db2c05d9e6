import Time

/// The permits of one rate: those that are out, and those that come back after the period.
struct Allowance: Sendable, Equatable {
    /// Permits whose requests ended at the same time, or so near each other that they are counted together.
    private struct Use: Sendable, Equatable {
        var count: Int
        /// Of the last of them.
        var end: Timestamp
    }

    /// How finely ends are told apart: a rate of millions must not cost memory by the million. Counting several under the
    /// last one's end errs on the safe side, by no more than this fraction of the period.
    private static let resolution = 1024

    private let rate: Rate
    /// A thousandth longer than the period, for a receiver whose clock runs faster, and at least the millisecond that a
    /// timestamp is rounded by.
    private let span: Duration
    private var inFlight = 0
    /// Oldest first.
    private var ended: [Use] = []
    private var endedCount = 0

    init(_ rate: Rate, usedUpAt: Timestamp?) {
        self.rate = rate
        span = rate.period + .milliseconds(max(1, rate.period.wholeMilliseconds / 1000))
        if let usedUpAt {
            ended = [Use(count: rate.count, end: usedUpAt)]
            endedCount = rate.count
        }
    }

    func nextPermit(at now: Timestamp) -> Timestamp? {
        var missing = inFlight + endedCount - rate.count + 1
        guard missing > 0 else { return now }
        for use in ended {
            missing -= use.count
            if missing <= 0 { return max(now, use.end + span) }
        }
        return nil
    }

    mutating func take(at now: Timestamp) {
        let expired = ended.prefix { $0.end + span <= now }
        endedCount -= expired.reduce(0) { $0 + $1.count }
        ended.removeFirst(expired.count)
        inFlight += 1
    }

    mutating func release(at now: Timestamp) {
        guard inFlight > 0 else { return }
        inFlight -= 1
        endedCount += 1
        let grain = (rate.count + Self.resolution - 1) / Self.resolution
        if let last = ended.last, last.count < grain || last.end == now {
            ended[ended.count - 1] = Use(count: last.count + 1, end: max(last.end, now))
        } else {
            ended.append(Use(count: 1, end: now))
        }
    }
}
