import Admin
import Deliveries
import Store
import Synchronization
import TestKit
import Time

/// A daemon that answers as it is told and remembers what it was asked.
final class FakeOperations: Operations {
    struct State {
        var readiness = Readiness.ready
        var polls: [String: PollAnswer] = [:]
        var hints: [String] = []
        var chats: [ChatReport] = []
        var endpoints: [EndpointReport] = []
        var watch = WatchReport(.watching)
        var reload = ReloadAnswer.reloaded(changes: [])
        var backups: [String] = []
        var backup = BackupAnswer.written(bytes: 4096)
        var history = HistoryReport(step: .seconds(60), points: [])
        var wakes = 0
    }

    let store: MemoryStore
    private let state = Mutex(State())

    init(store: MemoryStore = MemoryStore()) {
        self.store = store
    }

    func set(_ change: (inout State) -> Void) {
        state.withLock { change(&$0) }
    }

    var current: State { state.withLock { $0 } }

    var hints: [String] { current.hints }

    // MARK: - Operations

    func readiness() async -> Readiness { current.readiness }

    func program() async -> ProgramReport {
        ProgramReport(
            version: "0.1.0", libraries: "SQLite 3.40.1", startedAt: StoreScene.start, storePath: "/data/belfry.db",
            storeLimit: 10_000_000)
    }

    func metrics() async -> String { "belfry_build_info{version=\"0.1.0\"} 1\n" }

    func history() async -> HistoryReport { current.history }

    func reload() async -> ReloadAnswer { current.reload }

    func backup(to path: String) async -> BackupAnswer {
        state.withLock { state in
            state.backups.append(path)
            return state.backup
        }
    }

    func watch() async -> WatchReport { current.watch }

    func budget() async -> BudgetReport {
        BudgetReport(
            callsPerMonth: 5000, used: 1789, monthStart: StoreScene.start,
            monthEnd: StoreScene.start + .seconds(2_592_000),
            callsPerDay: 166.5)
    }

    func chats(after id: String?, limit: Int) async -> [ChatReport] {
        let chats = current.chats.sorted { $0.id < $1.id }
        return Array(chats.filter { chat in id.map { chat.id > $0 } ?? true }.prefix(limit))
    }

    func chat(_ name: String) async -> ChatReport? {
        current.chats.first { $0.id == name || $0.label == name }
    }

    func poll(chat id: String) async -> PollAnswer { current.polls[id] ?? .unknownChat }

    func hint(chat id: String) async -> Bool {
        state.withLock { state in
            state.hints.append(id)
            return state.polls[id] != nil
        }
    }

    func endpoints() async -> [EndpointReport] { current.endpoints }

    func request(for event: StoredEvent, to endpoint: String) async -> RequestReport? {
        guard isConfigured(endpoint) else { return nil }
        return RequestReport(
            url: "https://\(endpoint).example/…#1f2e3d4c", headers: [HeaderReport(name: "webhook-id", value: event.id)],
            body: String(decoding: event.body, as: UTF8.self))
    }

    func pause(endpoint: String) async throws(StoreError) -> Bool {
        try await change(endpoint) { $0.isPaused = true }
    }

    func resume(endpoint: String) async throws(StoreError) -> Bool {
        try await change(endpoint) { state in
            state.isPaused = false
            state.disabledReason = nil
        }
    }

    func sendTest(endpoint: String) async -> TestReport? {
        guard isConfigured(endpoint) else { return nil }
        return TestReport(
            delivered: false, verdict: "retry", rule: "status 503",
            request: RequestReport(url: "https://\(endpoint).example/…#1f2e3d4c", headers: [], body: "{}"),
            response: endpoint == "silent"
                ? nil
                : .init(status: 503, headers: [HeaderReport(name: "retry-after", value: "30")], body: "<h1>no</h1>"),
            duration: .milliseconds(83))
    }

    func wakeDispatcher() async { state.withLock { $0.wakes += 1 } }

    private func isConfigured(_ endpoint: String) -> Bool {
        current.endpoints.contains { $0.endpoint.name == endpoint }
    }

    private func change(_ name: String, _ change: (inout EndpointState) -> Void) async throws(StoreError) -> Bool {
        guard isConfigured(name), var state = try await store.endpointStates().first(where: { $0.name == name }) else {
            return false
        }
        change(&state)
        try await store.save(state)
        return true
    }
}
