import Time

/// The pause that a receiver asked for. One that names no time gets 5 s, then twice as long each time, up to 5 min, until a
/// delivery is accepted.
struct Throttle: Sendable, Equatable {
    static let firstPause: Duration = .seconds(5)
    static let longestPause: Duration = .seconds(300)

    private(set) var until: Timestamp?
    private var pauses = 0

    /// Takes in a throttled answer and returns when to go on.
    mutating func note(until wish: Timestamp?, at now: Timestamp) -> Timestamp {
        let end: Timestamp
        if let wish {
            end = max(wish, now)
        } else if let until, now < until {
            // Sent before the pause began: the same throttling, not a longer one.
            end = until
        } else {
            end = now + min(Self.firstPause * (1 << min(pauses, 10)), Self.longestPause)
            pauses += 1
        }
        until = max(until ?? end, end)
        return until ?? end
    }

    /// Takes in an accepted delivery. One that was sent before a pause began does not end it.
    mutating func succeed(at now: Timestamp) {
        if until.map({ now >= $0 }) ?? true { clear() }
    }

    mutating func clear() {
        self = Throttle()
    }
}
