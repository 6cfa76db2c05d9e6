import Deliveries
import HTTPEngine
import Telemetry
import Time

/// The chain of a send. What becomes of the delivery is decided afterwards, by the queue:
///
///     Delivery ─▶ Payload ─▶ Signature ─▶ HTTPRequest ─▶ Exchange ─▶ Verdict ─▶ Outcome
struct Courier: Sendable {
    private let endpoint: Endpoint
    private let sender: any Sender
    private let time: any TimeSource
    private let heading: RequestHeading
    private let scrubber: ResponseScrubber

    init(endpoint: Endpoint, sender: any Sender, time: any TimeSource, userAgent: String) {
        self.endpoint = endpoint
        self.sender = sender
        self.time = time
        heading = RequestHeading(endpoint.headers, userAgent: userAgent)
        scrubber = ResponseScrubber(endpoint)
    }

    /// Throws when the try was cut off; it then stays recorded as open.
    func carry(_ open: OpenAttempt) async throws(CancellationError) -> EndedAttempt {
        let began = time.steady
        let signedAt = time.now
        let payload = endpoint.format.payload(for: open.delivery.event)
        let signature = endpoint.signers.signature(of: payload, at: signedAt)
        let request = HTTPRequest(
            .post, endpoint.url.reveal(), headers: heading.fields(for: payload, signature, at: signedAt),
            body: payload.body, timeout: endpoint.timeout)
        let exchange = try await sender.send(request, to: endpoint.name)
        let verdict = endpoint.format.verdict(on: exchange)
        return EndedAttempt(
            delivery: open.delivery,
            attempt: Attempt(
                number: open.number, startedAt: open.startedAt, duration: time.steady - began, result: verdict.result,
                status: exchange.reply?.status, rule: verdict.rule,
                response: scrubber.scrubbed(exchange.reply?.body ?? [], limit: Attempt.responseLimit)),
            verdict: verdict)
    }
}

extension Exchange {
    fileprivate var reply: Reply? {
        switch self {
        case .answered(let reply): reply
        case .failed: nil
        }
    }
}

extension [any Signer] {
    /// What all of them add; nil when nobody signs.
    fileprivate func signature(of payload: Payload, at time: Timestamp) -> Signature? {
        var merged: Signature?
        for signer in self {
            let signature = signer.signature(of: payload, at: time)
            merged = merged?.merged(with: signature) ?? signature
        }
        return merged
    }
}
