import Admin
import Deliveries
import Store
import TestKit

/// A daemon with two chats and two endpoints where nothing ever happens.
struct StillOperations: Operations {
    private static let endpointReports = ["audit", "ops"].map { EndpointReport(.named($0)) }
    private let store: MemoryStore

    init(_ store: MemoryStore) {
        self.store = store
    }

    private var chatReports: [ChatReport] {
        ["chat0", "chat1"].map { id in
            ChatReport(
                id: id, label: id == "chat0" ? "Board" : nil, weight: 1, interval: nil,
                expected: .init(interval: .seconds(60), delay: .seconds(30), nextPoll: StoreScene.start), lastPoll: nil)
        }
    }

    func readiness() async -> Readiness { .ready }

    func program() async -> ProgramReport {
        ProgramReport(
            version: "0.0.0", libraries: "none", startedAt: StoreScene.start, storePath: "belfry.db",
            storeLimit: 1_000_000)
    }

    func metrics() async -> String { "belfry_up 1\n" }

    func history() async -> HistoryReport { HistoryReport(step: .seconds(60), points: [.init(at: StoreScene.start)]) }

    func reload() async -> ReloadAnswer { .refused(problems: ["config.json: as told"]) }

    func backup(to path: String) async -> BackupAnswer { .written(bytes: 1) }

    func watch() async -> WatchReport { WatchReport(.watching) }

    func budget() async -> BudgetReport {
        BudgetReport(
            callsPerMonth: nil, used: 1, monthStart: StoreScene.start, monthEnd: StoreScene.start, callsPerDay: 1)
    }

    func chats(after id: String?, limit: Int) async -> [ChatReport] {
        Array(chatReports.filter { chat in id.map { chat.id > $0 } ?? true }.prefix(limit))
    }

    func chat(_ name: String) async -> ChatReport? { chatReports.first { $0.id == name || $0.label == name } }

    func poll(chat id: String) async -> PollAnswer { .unknownChat }

    func hint(chat id: String) async -> Bool { chatReports.contains { $0.id == id } }

    func endpoints() async -> [EndpointReport] { Self.endpointReports }

    func request(for event: StoredEvent, to endpoint: String) async -> RequestReport? {
        guard isConfigured(endpoint) else { return nil }
        return RequestReport(url: "https://\(endpoint).example/…", headers: [], body: "{}")
    }

    func pause(endpoint: String) async throws(StoreError) -> Bool { isConfigured(endpoint) }

    func resume(endpoint: String) async throws(StoreError) -> Bool { isConfigured(endpoint) }

    func sendTest(endpoint: String) async -> TestReport? {
        guard isConfigured(endpoint) else { return nil }
        return TestReport(
            delivered: false, verdict: "retry", rule: "as told",
            request: RequestReport(url: "https://\(endpoint).example/…", headers: [], body: "{}"), response: nil,
            duration: .zero)
    }

    func wakeDispatcher() async {}

    private func isConfigured(_ endpoint: String) -> Bool {
        Self.endpointReports.contains { $0.endpoint.name == endpoint }
    }
}
