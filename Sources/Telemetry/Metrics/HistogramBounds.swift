/// The upper ends of a histogram's buckets, each of them included, in rising order.
package struct HistogramBounds: Sendable, Equatable, ExpressibleByArrayLiteral {
    package let values: [Double]

    package init(_ values: [Double]) {
        self.values = values.sorted()
    }

    package init(arrayLiteral values: Double...) {
        self.init(values)
    }

    /// Of the bucket that a value belongs to; the number of bounds for what lies above them all.
    func index(of value: Double) -> Int {
        // There are few of them, and most observations end in the first ones.
        var index = 0
        while index < values.count, value > values[index] { index += 1 }
        return index
    }
}
