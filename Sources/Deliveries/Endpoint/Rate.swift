import Time

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
