import Chats
import Deliveries
import Dispatcher
import HTTPEngine
import Store
import Telemetry
import Time
import Watcher

/// The page that Prometheus scrapes. What is counted in memory is read as it stands; the store is asked once a second at
/// most, however often the page is.
actor MetricsPage {
    private static let freshness: Duration = .seconds(1)

    private let watcher: Watcher
    private let dispatcher: Dispatcher
    private let store: any Store
    private let reloader: Reloader
    private let commits: SharedHistogram
    private let time: any TimeSource
    /// The last look at the store, which may still be under way: whoever comes meanwhile waits for the same.
    private var lastLook: (at: Timestamp, look: Task<StoreFigures, any Error>)?

    init(
        watcher: Watcher, dispatcher: Dispatcher, store: any Store, reloader: Reloader, commits: SharedHistogram,
        time: any TimeSource
    ) {
        self.watcher = watcher
        self.dispatcher = dispatcher
        self.store = store
        self.reloader = reloader
        self.commits = commits
        self.time = time
    }

    /// A store that fails leaves its own figures out; the rest is still told.
    func text() async -> String {
        let standing = watcher.standing
        var families = [Self.build] + standing.metrics
        let statistics = dispatcher.statistics
        families += statistics.metrics(of: reloader.configuration.receivers.map(\.name))
        families.append(Self.events([standing.statistics.eventTypes, statistics.eventTypes]))
        if let figures = try? await figures() { families += figures.metrics(at: time.steady) }
        families.append(
            .histogram(
                "belfry_store_commit_duration_seconds", "How long a transaction took to reach the disk.",
                [MetricFamily.Sample(histogram: commits.value)]))
        families.append(
            .gauge(
                "belfry_store_limit_bytes", "What the store may hold: storage.maxSize.",
                Double(reloader.configuration.storage.maxSize.bytes)))
        families.append(
            .gauge(
                "belfry_config_last_reload_successful", "Whether the last reload took effect; 1 before the first.",
                reloader.lastRecord?.hasSucceeded == false ? 0 : 1))
        families += ProcessFigures.current()?.metrics ?? []
        return PrometheusText(families).text
    }

    private func figures() async throws -> StoreFigures {
        let now = time.steady
        if let lastLook, now - lastLook.at < Self.freshness { return try await lastLook.look.value }
        let configured = Set(reloader.configuration.receivers.map(\.name))
        let look = Task { [store] in
            StoreFigures(
                endpoints: try await store.endpointStates().filter { configured.contains($0.name) },
                oldestDue: try await store.oldestDue(), bytes: try await store.size())
        }
        lastLook = (now, look)
        return try await look.value
    }

    private static func events(_ counts: [[EventType: Int]]) -> MetricFamily {
        .counter(
            "belfry_events_total", "Events, by their type.", by: ["type"],
            EventType.allCases.map { type in
                MetricFamily.Sample(type.rawValue, count: counts.reduce(0) { $0 + ($1[type] ?? 0) })
            })
    }

    private static let build = MetricFamily.gauge(
        "belfry_build_info", "What runs here; always 1.", by: ["version"],
        [MetricFamily.Sample(Version.number, value: 1)])
}
