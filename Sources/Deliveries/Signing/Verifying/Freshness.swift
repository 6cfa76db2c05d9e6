import Time

/// How far the clocks of sender and receiver may be apart.
struct Freshness: Sendable {
    var tolerance: Duration

    /// Of most schemes.
    static let minutes = Freshness(tolerance: .seconds(300))
    /// Of the robots.
    static let hour = Freshness(tolerance: .seconds(3600))

    func check(_ time: Timestamp, now: Timestamp) throws(VerificationFailure) {
        let age = now - time
        guard abs(age.wholeMilliseconds) <= tolerance.wholeMilliseconds else { throw .staleTimestamp(age) }
    }

    /// A whole number of seconds or milliseconds that no arithmetic overflows on.
    static func number(_ text: String) throws(VerificationFailure) -> Int64 {
        guard let number = Int64(text), (0...4_000_000_000_000).contains(number) else { throw .malformedTimestamp }
        return number
    }
}
