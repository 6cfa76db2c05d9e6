import AdminClient
import HTTPEngine
import JSON
import Telemetry

extension DaemonOption {
    /// Asks for an action on an endpoint and says how it stands then.
    func control(_ endpoint: String, _ action: String) async throws {
        let answer = try await asking { client in
            try await client.call(.post, "/api/v1/endpoints/\(PercentEncoding.component(endpoint))/\(action)")
        }
        StandardOutput.write("\(answer.cell("name")) is \(answer.cell("state")), \(answer.cell("pending")) pending")
    }
}
