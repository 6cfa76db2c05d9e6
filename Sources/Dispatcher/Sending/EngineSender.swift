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
        let outcome: Result<HTTPResponse, HTTPError>
        do throws(HTTPError) {
            outcome = .success(try await engine.execute(allowed(request)))
        } catch {
            outcome = .failure(error)
        }
        guard let exchange = Exchange(outcome, with: endpoint, at: time.steady) else { throw CancellationError() }
        return exchange
    }

    package func send(
        _ requests: [HTTPRequest], to endpoint: String, onEnd: @escaping @Sendable ([EndedSend]) -> Void
    ) async {
        await engine.execute(requests.map(allowed)) { [time] ended in
            let now = time.steady
            onEnd(ended.map { EndedSend(place: $0.place, exchange: Exchange($0.outcome, with: endpoint, at: now)) })
        }
    }

    private func allowed(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.addressPolicy = policy
        return request
    }
}

extension Exchange {
    /// Nil when it was cut off.
    fileprivate init?(_ outcome: Result<HTTPResponse, HTTPError>, with endpoint: String, at now: Timestamp) {
        switch outcome {
        case .success(let response): self = .answered(Reply(response, at: now))
        case .failure(.cancelled): return nil
        case .failure(let error): self = .failed(Exchange.Failure(error, endpoint: endpoint))
        }
    }
}

extension Reply {
    init(_ response: HTTPResponse, at now: Timestamp) {
        let headers = response.headers
        let heading = Heading {
            var fields: [String: String] = [:]
            // A redirect often repeats the path, and with it the token of a robot's address: only the host is told.
            for field in headers.fields where field.name != "location" {
                fields[field.name] = field.value
            }
            return fields
        }
        self.init(
            status: response.status, heading: heading, body: response.body, isTruncated: !response.isComplete,
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
