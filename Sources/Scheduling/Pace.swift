import Time

/// When the next call may go out: spread in time, never in a burst, never on the hour.
struct Pace: Sendable {
    /// Of the time between two turns, as a share of it.
    static let spread = 0.2

    private static let hour: Int64 = 3_600_000
    /// Around the hour, milliseconds in which nothing is sent.
    private static let quietBefore: Int64 = 1_000
    private static let quietAfter: Int64 = 3_000

    /// Between any two calls at least.
    var gap: Duration
    /// Of any call.
    private(set) var earliest: Timestamp
    /// Of an ordinary one.
    var nextTurn: Timestamp
    /// Of one that was saved up.
    var nextSavedTurn: Timestamp
    /// Of the first call for a new chat.
    var nextFirstRead: Timestamp
    /// Between two ordinary turns: seconds by the poll clock, and by the wall.
    var spacing = 0.0
    var wallSpacing = 0.0
    /// Since when there was less than one call to spread over the rest of the month.
    var starvedSince: Timestamp?
    private var random: SplitMix64

    init(gap: Duration, at now: Timestamp, seed: UInt64) {
        self.gap = gap
        earliest = now
        nextTurn = now
        nextFirstRead = now
        nextSavedTurn = now
        random = SplitMix64(seed: seed)
    }

    /// A factor around 1, as far from it as `spread` at most.
    mutating func jitter(_ spread: Double) -> Double {
        1 + spread * (2 * random.unit() - 1)
    }

    mutating func called(at now: Timestamp) {
        earliest = now + gap
    }

    /// The last turn cost nothing: the next may follow at once.
    mutating func giveBack(at now: Timestamp) {
        nextTurn = min(nextTurn, now + gap)
        nextSavedTurn = min(nextSavedTurn, now + gap)
    }

    /// The end of the quiet around the hour that `now` is in; a little later each hour by another amount.
    func quietEnd(at now: Timestamp) -> Timestamp? {
        let rest = now.milliseconds % Self.hour
        let sinceHour = rest >= 0 ? rest : rest + Self.hour
        let hour: Int64
        if sinceHour >= Self.hour - Self.quietBefore {
            hour = now.milliseconds - sinceHour + Self.hour
        } else {
            hour = now.milliseconds - sinceHour
        }
        let spread = UInt64(min(max(wallSpacing * 1000, 1), 10_000))
        let end = hour + Self.quietAfter + Int64(SplitMix64.mix(UInt64(bitPattern: hour)) % spread)
        return now.milliseconds < end ? Timestamp(milliseconds: end) : nil
    }
}
