import Chats
import Deliveries
import DingTalk
import EventLoop
import HTTPEngine
import Telemetry
import Time

/// Tries what a configuration promises: reads every chat once and reaches every endpoint, without sending an event.
package struct OnlineCheck: Sendable {
    /// One line for a person.
    package struct Finding: Sendable, CustomStringConvertible {
        package var isProblem: Bool
        package var description: String
    }

    private let configuration: Configuration

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    package func run() async throws -> [Finding] {
        let loop = try EventLoop(name: "http")
        defer { loop.shutdown() }
        let engine = try HTTPEngine(loop: loop, configuration: configuration.network.engine)
        let findings = await chats(engine) + endpoints(engine)
        await engine.shutdown()
        return findings
    }

    private func chats(_ engine: HTTPEngine) async -> [Finding] {
        let client = DingTalkClient(account: configuration.dingTalk.account, engine: engine, time: SystemTime())
        let forecast = Forecast(configuration.watchPlan, at: SystemTime.wall)
        var findings: [Finding] = []
        for chat in configuration.watch.chats {
            let name = chat.label.map { "\(chat.id) (\($0))" } ?? chat.id
            switch await client.read(chat: chat.id, known: nil).reading {
            case .answered(let snapshot, _):
                let members = snapshot[.members]?.count ?? 0
                let outlook = forecast.text(for: chat.id)
                findings.append(
                    Finding(
                        isProblem: false,
                        description: "chat \(name): \"\(snapshot[.name] ?? "")\", \(members) members; \(outlook)"))
            case .refused(let refusal):
                findings.append(
                    Finding(
                        isProblem: true,
                        description: "chat \(name): refused with \(refusal.code) \(refusal.message): \(refusal.hint)"))
                // The account's affair: every other chat would be told the same, and would cost a call.
                if refusal.errorClass != .chat { return findings }
            case .unreadable(let failure):
                findings.append(
                    Finding(isProblem: true, description: "chat \(name): \(failure.text): check dingtalk.baseURL"))
                return findings
            case .unchanged, .cancelled:
                break
            }
        }
        return findings
    }

    /// Connects and asks for the headers only. Whatever is answered, the address resolves, is allowed, and speaks.
    private func endpoints(_ engine: HTTPEngine) async -> [Finding] {
        var findings: [Finding] = []
        for endpoint in configuration.receivers {
            let request = HTTPRequest(
                .head, endpoint.url.reveal(), timeout: endpoint.timeout, addressPolicy: configuration.addressPolicy)
            do throws(HTTPError) {
                let response = try await engine.execute(request)
                let address = response.remoteAddress.map { " at \($0)" } ?? ""
                findings.append(
                    Finding(
                        isProblem: false,
                        description: "endpoint \"\(endpoint.name)\": reachable\(address) (\(endpoint.url))"))
            } catch {
                findings.append(
                    Finding(
                        isProblem: true,
                        description: "endpoint \"\(endpoint.name)\": not reachable: \(error) (\(endpoint.url))"))
            }
        }
        return findings
    }
}
