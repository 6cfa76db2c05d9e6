import Admin
import Chats
import Deliveries
import Dispatcher
import HTTPEngine
import Store
import Time

extension DaemonOperations {
    func endpoints() async -> [EndpointReport] {
        let figures = dispatcher.statistics.endpoints
        return reloader.configuration.receivers.map { EndpointReport($0, trouble: figures[$0.name]?.trouble) }
    }

    func request(for event: StoredEvent, to endpoint: String) async -> RequestReport? {
        dispatcher.trial(of: endpoint).map { RequestReport($0.request(for: event)) }
    }

    func pause(endpoint: String) async throws(StoreError) -> Bool {
        await dispatcher.pause(endpoint)
    }

    func resume(endpoint: String) async throws(StoreError) -> Bool {
        await dispatcher.resume(endpoint)
    }

    func sendTest(endpoint: String) async -> TestReport? {
        guard let trial = dispatcher.trial(of: endpoint) else { return nil }
        let started = time.steady
        // Cancelled: nobody waits for the answer any more.
        guard let report = try? await trial.run(StoredEvent(.test(at: time.now))) else { return nil }
        return TestReport(report, duration: time.steady - started)
    }

    func wakeDispatcher() async {
        dispatcher.wake()
    }
}

extension RequestReport {
    fileprivate init(_ request: MaskedRequest) {
        self.init(
            url: request.url, headers: request.headers.map { HeaderReport(name: $0.name, value: $0.value) },
            body: String(decoding: request.body, as: UTF8.self))
    }
}

extension TestReport {
    fileprivate init(_ report: TrialReport, duration: Duration) {
        self.init(
            delivered: report.verdict.isDelivered, verdict: report.verdict.result.rawValue, rule: report.verdict.rule,
            request: RequestReport(report.masked), response: Response(report.exchange), duration: duration)
    }
}

extension TestReport.Response {
    /// Nil when no answer came.
    fileprivate init?(_ exchange: Exchange) {
        guard case .answered(let reply) = exchange else { return nil }
        self.init(
            status: reply.status,
            headers: reply.headers.sorted { $0.key < $1.key }.map { HeaderReport(name: $0.key, value: $0.value) },
            body: String(decoding: reply.body.prefix(Attempt.responseLimit), as: UTF8.self))
    }
}
