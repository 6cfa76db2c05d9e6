package import Deliveries
package import HTTPEngine
import Telemetry
package import Time

/// Sends through the HTTP engine, to the addresses that the policy opens.
package struct EngineSender: Sender {
    private let engine: any HTTPTransport
    private let policy: AddressPolicy
    private let time: any TimeSource

    package init(engine: any HTTPTransport, policy: AddressPolicy, time: any TimeSource) {
        self.engine = engine
        self.policy = policy
        self.time = time
    }

    package func send(_ request: HTTPRequest, to endpoint: String) async throws(CancellationError) -> Exchange {
        var request = request
        request.addressPolicy = policy
        do throws(HTTPError) {
            return .answered(Reply(try await engine.execute(request), at: time.steady))
        } catch .cancelled {
            throw CancellationError()
        } catch {
            return .failed(Exchange.Failure(error, endpoint: endpoint))
        }
    }
}

extension Reply {
    init(_ response: HTTPResponse, at now: Timestamp) {
        var headers: [String: String] = [:]
        // A redirect often repeats the path, and with it the token of a robot's address: only the host is told.
        for field in response.headers.fields where field.name != "location" {
            headers[field.name] = field.value
        }
        self.init(
            status: response.status, headers: headers, body: response.body, isTruncated: !response.isComplete,
            retryAfter: response.retryAfter.map { now + $0 },
            location: response.redirectTarget.map { Secret($0).description }, receivedAt: now)
    }
}

extension Exchange.Failure {
    /// An address refusal begins in the middle of a sentence: whose address it is, only the dispatcher knows.
    init(_ error: HTTPError, endpoint: String) {
        let text =
            switch error {
            case .refusedAddress(let refusal): "endpoint \"\(endpoint)\" \(refusal)"
            default: error.description
            }
        self.init(reason: error.reason.rawValue, text: text, mayHaveArrived: error.mayHaveArrived)
    }
}
