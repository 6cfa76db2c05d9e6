import Telemetry
import Testing

@Suite("Quantiles of a histogram")
struct QuantileTests {
    private func histogram(_ counts: [Int], _ bounds: HistogramBounds = [1, 2, 4]) -> Histogram {
        var histogram = Histogram(bounds)
        for (index, count) in counts.enumerated() {
            let value = index < bounds.values.count ? bounds.values[index] : 1e6
            for _ in 0..<count { histogram.observe(value) }
        }
        return histogram
    }

    @Test("without observations there is none")
    func empty() {
        #expect(histogram([]).quantile(0.5) == nil)
        #expect(Histogram([]).quantile(0.5) == nil)
    }

    // What `histogram_quantile` of Prometheus gives for the same buckets.
    @Test(
        "values count as evenly spread over their bucket",
        arguments: [
            ([10, 0, 0, 0], 0.5, 0.5), ([10, 0, 0, 0], 1, 1), ([0, 10, 0, 0], 0.5, 1.5), ([0, 0, 8, 0], 0.25, 2.5),
            ([5, 5, 0, 0], 0.5, 1), ([5, 5, 0, 0], 0.75, 1.5), ([2, 2, 4, 0], 0.99, 3.96), ([1, 0, 1, 0], 0.5, 1),
            ([0, 1, 0, 0], 0, 1),
        ])
    func interpolation(counts: [Int], share: Double, expected: Double) throws {
        let value = try #require(histogram(counts).quantile(share))
        #expect(abs(value - expected) < 1e-9)
    }

    @Test("what lies above all bounds counts as the last of them")
    func beyond() {
        #expect(histogram([0, 0, 0, 5]).quantile(0.5) == 4)
        #expect(histogram([1, 0, 0, 99]).quantile(0.99) == 4)
    }

    @Test("a share outside of 0 and 1 is taken as the nearer of them")
    func outside() {
        #expect(histogram([4, 0, 0, 0]).quantile(2) == 1)
        #expect(histogram([4, 0, 0, 0]).quantile(-1) == 0)
    }
}
