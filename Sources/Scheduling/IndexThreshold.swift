import Glibc

/// The root of the index at which a chat is polled, such that the chats together use up the calls.
///
/// Chats with slopes aᵢ are polled at rates aᵢ/c each, so c = Σaᵢ · (time between two calls). Where intervals are
/// bounded that is only nearly right; what is missing is learned from how late the polls come.
struct IndexThreshold: Sendable {
    /// Chats are ordered anew when the threshold or the prior moved by more than this share.
    private static let drift = 0.1

    /// Seconds by the poll clock, times slope.
    private(set) var value = 0.0
    /// Seconds after which a chat is polled whatever its index.
    private(set) var longest = 1e8
    /// Of the chats whose interval the schedule chooses.
    private(set) var chats = 0
    /// Calls a second that fixed intervals ask for.
    private(set) var fixedRate = 0.0
    private var slopes = 0.0
    private var logCorrection = 0.0
    private var orderedValue = 0.0
    private var orderedLongest = 0.0
    private(set) var orderedPrior = RatePrior.initial
    private var updatesSinceOrdered = 0

    /// Forgets the chats.
    mutating func reset() {
        chats = 0
        slopes = 0
        fixedRate = 0
    }

    mutating func add(_ record: ChatRecord) {
        if record.isFixed {
            fixedRate += 1 / Double(record.interval)
        } else {
            chats += 1
            slopes += Double(record.slope)
        }
    }

    mutating func remove(_ record: ChatRecord) {
        if record.isFixed {
            fixedRate = max(0, fixedRate - 1 / Double(record.interval))
        } else {
            chats -= 1
            slopes = chats == 0 ? 0 : max(0, slopes - Double(record.slope))
        }
    }

    /// `spacing`: seconds between two calls by the poll clock.
    mutating func update(spacing: Double, longest: Double) {
        value = slopes * spacing * exp(logCorrection)
        self.longest = longest
        updatesSinceOrdered += 1
    }

    /// `lateness`: of a poll, as a share of the time since the poll before it.
    mutating func adapt(lateness: Double) {
        logCorrection += min(max(lateness, -0.5), 0.5) * 0.5 / Double(max(chats, 4))
        logCorrection = min(max(logCorrection, -3), 3)
    }

    /// The chats have been ordered by the threshold as it is.
    mutating func ordered(under prior: RatePrior) {
        orderedValue = value
        orderedLongest = longest
        orderedPrior = prior
        updatesSinceOrdered = 0
    }

    /// Whether the order of the chats is to be found anew; not so often that it would cost more than the polls
    /// themselves.
    func hasDrifted(_ prior: RatePrior) -> Bool {
        guard updatesSinceOrdered > chats / 2 || !(abs(log(value / orderedValue)) < 1) else { return false }
        let shares = [
            value / orderedValue, longest / orderedLongest, prior.deviation / orderedPrior.deviation,
            exp(prior.logMedian - orderedPrior.logMedian),
        ]
        return shares.contains { !(abs($0 - 1) <= Self.drift) }
    }
}
