import Synchronization

/// A histogram that is observed from any thread.
package final class SharedHistogram: Sendable {
    private let histogram: Mutex<Histogram>

    package init(_ bounds: HistogramBounds) {
        histogram = Mutex(Histogram(bounds))
    }

    package func observe(_ duration: Duration) {
        histogram.withLock { $0.observe(duration) }
    }

    package var value: Histogram {
        histogram.withLock { $0 }
    }
}
