package import Deliveries
import HTTPEngine
import Telemetry
package import Time

/// One message to one endpoint, outside of any queue: nothing is recorded, no rate is asked, nothing is tried again.
package struct EndpointTrial: Sendable {
    private let endpoint: Endpoint
    private let courier: Courier
    private let scrubber: Scrubber

    /// As for `Dispatcher`.
    package init(endpoint: Endpoint, sender: any Sender, time: any TimeSource, userAgent: String) {
        self.endpoint = endpoint
        courier = Courier(endpoint: endpoint, sender: sender, time: time, userAgent: userAgent)
        scrubber = Scrubber(endpoint)
    }

    /// What would be sent of an event now.
    package func request(for event: StoredEvent) -> MaskedRequest {
        MaskedRequest(courier.letter(endpoint.format.payload(for: event)), to: endpoint)
    }

    /// Sends the event and says what went out and what came of it. Throws when it was cancelled.
    package func run(_ event: StoredEvent) async throws(CancellationError) -> TrialReport {
        let letter = courier.letter(endpoint.format.payload(for: event))
        let exchange = try await courier.send(letter.request)
        return TrialReport(
            request: letter.request, masked: MaskedRequest(letter, to: endpoint),
            exchange: exchange.scrubbed(by: scrubber), verdict: courier.verdict(on: exchange))
    }
}

extension Exchange {
    fileprivate func scrubbed(by scrubber: Scrubber) -> Exchange {
        guard case .answered(var reply) = self else { return self }
        reply.body = scrubber.scrubbed(reply.body)
        reply.headers = reply.headers.mapValues { scrubber.scrubbed($0) }
        return .answered(reply)
    }
}
