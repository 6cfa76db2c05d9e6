package import Time

/// So many in so long: `20/s`, `20/m`, `1000/h`.
package struct Rate: Sendable, Equatable {
    package var count: Int
    package var period: Duration

    package init(count: Int, per period: Duration) {
        self.count = count
        self.period = period
    }

    package init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let periods: [Substring: Duration] = ["s": .seconds(1), "m": .seconds(60), "h": .seconds(3600)]
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count), let period = periods[parts[1]]
        else { return nil }
        self.init(count: count, per: period)
    }
}

/// A bucket of as many permits as the rate counts, refilled evenly over its period.
package struct RateLimiter: Sendable, Equatable {
    private let rate: Rate
    /// When the bucket will have been full for the last time: each permit moves it on by one permit's time.
    private var fullAt: Timestamp?

    package init(_ rate: Rate) {
        self.rate = rate
    }

    /// When the next permit is free; `now` or earlier means at once.
    package func nextPermit(at now: Timestamp) -> Timestamp {
        guard let fullAt else { return now }
        return fullAt - (rate.period - interval)
    }

    package mutating func take(at now: Timestamp) {
        fullAt = max(fullAt ?? now, now) + interval
    }

    // At least a millisecond, the grain of a timestamp.
    private var interval: Duration {
        max(rate.period / rate.count, .milliseconds(1))
    }
}
