import Time

/// How often something took how long, counted in fixed buckets.
///
/// Observing touches two numbers of an array that is already there. Whoever takes a copy out pays for it: the next
/// observation then has the array copied once.
package struct Histogram: Sendable, Equatable {
    package let bounds: HistogramBounds
    /// One for each bound, and the last one for what lies above them all.
    package private(set) var counts: [Int]
    package private(set) var sum = 0.0

    package init(_ bounds: HistogramBounds) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.values.count + 1)
    }

    package var count: Int { counts.reduce(0, +) }

    package mutating func observe(_ duration: Duration) {
        observe(duration.inSeconds)
    }

    /// What is no number is not counted: the sum would never be one again.
    package mutating func observe(_ value: Double) {
        guard value.isFinite else { return }
        counts[bounds.index(of: value)] += 1
        sum += value
    }

    /// Takes in what another one of the same bounds counted.
    package mutating func add(_ other: Histogram) {
        guard bounds == other.bounds else { return }
        for index in counts.indices { counts[index] += other.counts[index] }
        sum += other.sum
    }

    /// What was observed since `earlier`, a former state of this one.
    package func since(_ earlier: Histogram) -> Histogram {
        guard bounds == earlier.bounds else { return self }
        var difference = self
        difference.counts = zip(counts, earlier.counts).map { max(0, $0 - $1) }
        difference.sum = max(0, sum - earlier.sum)
        return difference
    }
}
