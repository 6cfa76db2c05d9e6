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
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count),
            let period = periods[parts[1]]
        else { return nil }
        self.init(count: count, per: period)
    }
}

/// A bucket of as many permits as the rate counts, refilled evenly over its period.
package struct RateLimiter: Sendable, Equatable {
    private let rate: Rate
    /// When the bucket will have been full for the last time, in nanoseconds since 1970: each permit moves it on by one
    /// permit's time. Finer than a timestamp, or rates beyond 1000/s would be cut.
    private var fullAt: Int64?

    package init(_ rate: Rate) {
        self.rate = rate
    }

    /// When the next permit is free; `now` or earlier means at once.
    package func nextPermit(at now: Timestamp) -> Timestamp {
        guard let fullAt else { return now }
        let free = fullAt - (period - interval)
        // Rounded up: a permit asked for a moment early is not there yet.
        return Timestamp(milliseconds: (free + 999_999) / 1_000_000)
    }

    package mutating func take(at now: Timestamp) {
        let now = now.milliseconds * 1_000_000
        fullAt = max(fullAt ?? now, now) + interval
    }

    private var period: Int64 { rate.period.wholeMilliseconds * 1_000_000 }
    private var interval: Int64 { max(period / Int64(rate.count), 1) }
}
