import Admin
import Deliveries
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
    private let reloader: Reloader
    private let time: any TimeSource
    private let history = Mutex(History())

    init(watcher: Watcher, dispatcher: Dispatcher, store: any Store, reloader: Reloader, time: any TimeSource) {
        self.watcher = watcher
        self.dispatcher = dispatcher
        self.store = store
        self.reloader = reloader
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
        let nothing = Dictionary(reloader.configuration.receivers.map { ($0.name, 0) }) { first, _ in first }
        return HistoryReport(
            step: History.step, points: history.points.map { HistoryReport.Point($0, nothing: nothing) })
    }

    private func reading() async throws -> History.Reading {
        let standing = watcher.standing
        let statistics = dispatcher.statistics
        var reading = History.Reading(latency: Histogram(DispatcherStatistics.latencyBounds))
        reading.events = [standing.statistics.eventTypes, statistics.eventTypes].joined().reduce(0) { $0 + $1.value }
        reading.callsRemaining = standing.budget.callsPerMonth == nil ? nil : standing.budget.left
        for figures in statistics.endpoints.values {
            reading.delivered += figures.delivered
            reading.dead += figures.dead
            reading.attempts += figures.attempts.values.reduce(0, +)
            reading.latency.add(figures.latency)
        }
        for endpoint in try await store.endpointStates() where endpoint.counts.pending > 0 {
            reading.pending[endpoint.name] = endpoint.counts.pending
        }
        return reading
    }
}

extension HistoryReport.Point {
    /// `nothing`: a zero for every endpoint that is configured.
    fileprivate init(_ point: History.Point, nothing: [String: Int]) {
        self.init(at: point.at)
        events = point.reading.events
        delivered = point.reading.delivered
        dead = point.reading.dead
        attempts = point.reading.attempts
        medianLatency = point.reading.latency.quantile(0.5)
        worstLatency = point.reading.latency.quantile(0.99)
        pending = nothing.merging(point.reading.pending.filter { nothing[$0.key] != nil }) { _, waiting in waiting }
        callsRemaining = point.reading.callsRemaining
    }
}
