import Admin
import Dispatcher
import Scheduling
import Store
import Synchronization
import Telemetry
import Time
import Watcher

/// Reads the counters once a minute into the history.
final class HistoryKeeper: Sendable {
    private let watcher: Watcher
    private let dispatcher: Dispatcher
    private let store: any Store
    private let time: any TimeSource
    private let history = Mutex(History())

    init(watcher: Watcher, dispatcher: Dispatcher, store: any Store, time: any TimeSource) {
        self.watcher = watcher
        self.dispatcher = dispatcher
        self.store = store
        self.time = time
    }

    /// Reads until cancelled, or until the store fails: who else uses it says so.
    func run() async {
        do {
            while true {
                let reading = try await reading()
                history.withLock { $0.note(reading, at: time.now) }
                try await time.sleep(until: time.steady + History.step)
            }
        } catch {
            return
        }
    }

    /// The minutes that are over, and the present one as far as it goes.
    func report() async -> HistoryReport {
        var history = history.withLock { $0 }
        if let reading = try? await reading() { history.note(reading, at: time.now) }
        return HistoryReport(step: History.step, points: history.points.map(HistoryReport.Point.init))
    }

    private func reading() async throws -> History.Reading {
        let standing = watcher.standing
        var reading = History.Reading(latency: Histogram(DispatcherStatistics.latencyBounds))
        reading.events = standing.statistics.eventTypes.values.reduce(0, +)
        reading.callsRemaining = standing.budget.callsPerMonth == nil ? nil : standing.budget.left
        for figures in dispatcher.statistics.endpoints.values {
            reading.delivered += figures.delivered
            reading.dead += figures.dead
            reading.attempts += figures.attempts.values.reduce(0, +)
            reading.latency.add(figures.latency)
        }
        for endpoint in try await store.endpointStates() { reading.pending[endpoint.name] = endpoint.counts.pending }
        return reading
    }
}

extension HistoryReport.Point {
    fileprivate init(_ point: History.Point) {
        self.init(at: point.at)
        events = point.reading.events
        delivered = point.reading.delivered
        dead = point.reading.dead
        attempts = point.reading.attempts
        medianLatency = point.reading.latency.quantile(0.5)
        worstLatency = point.reading.latency.quantile(0.99)
        pending = point.reading.pending
        callsRemaining = point.reading.callsRemaining
    }
}
