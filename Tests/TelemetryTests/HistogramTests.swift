import Telemetry
import Testing
import Time

@Suite("Histograms")
struct HistogramTests {
    private let bounds: HistogramBounds = [0.1, 1, 10]

    private func histogram(_ values: Double...) -> Histogram {
        var histogram = Histogram(bounds)
        for value in values { histogram.observe(value) }
        return histogram
    }

    @Test("a value goes into the first bucket whose bound it does not exceed")
    func buckets() {
        let histogram = histogram(0.05, 0.1, 0.1001, 1, 10, 10.5, 1000)
        #expect(histogram.counts == [2, 2, 1, 2])
        #expect(histogram.count == 7)
        #expect(abs(histogram.sum - 1021.7501) < 1e-9)
    }

    @Test("a duration is counted in seconds")
    func durations() {
        var histogram = Histogram(bounds)
        histogram.observe(.milliseconds(250))
        #expect(histogram.counts == [0, 1, 0, 0])
        #expect(histogram.sum == 0.25)
    }

    @Test("what is no number spoils no sum", arguments: [Double.nan, .infinity, -.infinity])
    func strange(value: Double) {
        #expect(histogram(value) == Histogram(bounds))
    }

    @Test("bounds are in rising order whatever order they are given in")
    func order() {
        #expect(HistogramBounds([10, 0.1, 1]) == bounds)
    }

    @Test("what came since is what is more")
    func since() {
        let earlier = histogram(0.05, 5)
        var later = earlier
        later.observe(5.0)
        later.observe(50.0)
        #expect(later.since(earlier).counts == [0, 0, 1, 1])
        #expect(later.since(earlier).sum == 55)
        #expect(later.since(later).count == 0)
    }

    @Test("one that began anew is taken as a whole where it has more, and never counts backwards")
    func reset() {
        #expect(histogram(5).since(histogram(5, 5, 50)).counts == [0, 0, 0, 0])
        var other = Histogram([1])
        other.observe(0.5)
        #expect(other.since(histogram(5)) == other)
    }

    @Test("two of the same bounds add up, and one of other bounds adds nothing")
    func sum() {
        var total = histogram(0.05, 5)
        total.add(histogram(0.5, 5, 50))
        #expect(total.counts == [1, 1, 2, 1])
        #expect(abs(total.sum - 60.55) < 1e-9)
        let before = total
        var other = Histogram([1])
        other.observe(0.5)
        total.add(other)
        #expect(total == before)
    }

    @Test("many threads lose no observation")
    func shared() async {
        let histogram = SharedHistogram(bounds)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 { histogram.observe(.seconds(2)) }
                }
            }
        }
        #expect(histogram.value.counts == [0, 0, 8000, 0])
        #expect(histogram.value.sum == 16_000)
    }
}
