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
    private var lastFigures: (at: Timestamp, figures: StoreFigures)?

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
        families += dispatcher.statistics.metrics(of: reloader.configuration.receivers.map(\.name))
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
        if let lastFigures, now - lastFigures.at < Self.freshness { return lastFigures.figures }
        let configured = Set(reloader.configuration.receivers.map(\.name))
        let figures = StoreFigures(
            endpoints: try await store.endpointStates().filter { configured.contains($0.name) },
            oldestDue: try await store.oldestDue(), chats: try await store.chatCounts(),
            configuredChats: watcher.standing.chats, bytes: try await store.size())
        lastFigures = (now, figures)
        return figures
    }

    private static let build = MetricFamily.gauge(
        "belfry_build_info", "What runs here; always 1.", by: ["version"],
        [MetricFamily.Sample(Version.number, value: 1)])
}
