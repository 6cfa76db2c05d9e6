import Deliveries
import HTTPEngine
import Telemetry
import Time

/// The chain of a send. What becomes of the deliveries is decided afterwards, by the queue:
///
///     [Delivery] ─▶ Payload ─▶ SignedPayload ─▶ HTTPRequest ─▶ Exchange ─▶ Verdict ─▶ [Attempt]
struct Courier: Sendable {
    private let endpoint: Endpoint
    private let sender: any Sender
    private let time: any TimeSource
    private let heading: RequestHeading
    private let scrubber: Scrubber

    init(endpoint: Endpoint, sender: any Sender, time: any TimeSource, userAgent: String) {
        self.endpoint = endpoint
        self.sender = sender
        self.time = time
        heading = RequestHeading(endpoint.headers, userAgent: userAgent)
        scrubber = Scrubber(endpoint)
    }

    /// Throws when the tries were cut off; they then stay recorded as open.
    func carry(_ open: OpenRequest) async throws(CancellationError) -> EndedRequest {
        guard let first = open.tries.first else { throw CancellationError() }
        let began = time.steady
        let payload = open.digest ?? endpoint.format.payload(for: first.delivery.event)
        let exchange = try await send(letter(payload).request)
        let duration = time.steady - began
        let verdict = verdict(on: exchange)
        let rule = open.isDigest ? "in a digest of \(open.tries.count): \(verdict.rule)" : verdict.rule
        let response = scrubber.scrubbed(exchange.reply?.body ?? [], limit: Attempt.responseLimit)
        let tries = open.tries.map { open in
            EndedAttempt(
                delivery: open.delivery,
                attempt: Attempt(
                    number: open.number, startedAt: open.startedAt, duration: duration, result: verdict.result,
                    status: exchange.reply?.status, rule: rule, response: response))
        }
        return EndedRequest(tries: tries, verdict: verdict)
    }

    /// The message as it would go out now.
    func letter(_ payload: Payload) -> Letter {
        let now = time.now
        let signed = signed(payload, by: endpoint.signers, at: now)
        let request = HTTPRequest(
            .post, signed.address(endpoint.url.reveal()), headers: heading.fields(for: payload, signed, at: now),
            body: signed.body, timeout: endpoint.timeout)
        return Letter(request: request, query: signed.query)
    }

    func send(_ request: HTTPRequest) async throws(CancellationError) -> Exchange {
        try await sender.send(request, to: endpoint.name)
    }

    /// Its rule may quote the answer, and is logged, stored and told to others.
    func verdict(on exchange: Exchange) -> Verdict {
        var verdict = endpoint.format.verdict(on: exchange)
        verdict.rule = scrubber.scrubbed(verdict.rule)
        return verdict
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
