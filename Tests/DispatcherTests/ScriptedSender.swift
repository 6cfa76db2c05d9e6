import Deliveries
import Dispatcher
import HTTPEngine
import Synchronization

/// A receiver without a network: keeps what it is sent and answers as the script says.
final class ScriptedSender: Sender {
    struct Sent: Sendable {
        let endpoint: String
        let request: HTTPRequest

        var id: String? { header("webhook-id") }
        func header(_ name: String) -> String? { request.headers.first { $0.name.lowercased() == name }?.value }
    }

    enum Answer: Sendable {
        case reply(Reply)
        case failure(Exchange.Failure)
        /// Says nothing until the sender gives up.
        case hang

        static func status(_ status: Int) -> Answer { .reply(Reply(status: status)) }
    }

    private let requests = Mutex<[Sent]>([])
    private let script: @Sendable (Sent, Int) async -> Answer

    /// The script gets a request and its number among all, from 0.
    init(_ script: @escaping @Sendable (Sent, Int) async -> Answer = { _, _ in .status(200) }) {
        self.script = script
    }

    var sent: [Sent] { requests.withLock { $0 } }
    func sent(to endpoint: String) -> [Sent] { sent.filter { $0.endpoint == endpoint } }

    func send(_ request: HTTPRequest, to endpoint: String) async throws(CancellationError) -> Exchange {
        let sent = Sent(endpoint: endpoint, request: request)
        let number = requests.withLock { requests in
            requests.append(sent)
            return requests.count - 1
        }
        switch await script(sent, number) {
        case .reply(let reply): return .answered(reply)
        case .failure(let failure): return .failed(failure)
        case .hang:
            do { try await Task.sleep(for: .seconds(3600)) } catch {}
            throw CancellationError()
        }
    }
}
