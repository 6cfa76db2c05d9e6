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

    /// Sends requests and returns when all have ended; `onEnd` is told of those that end together, from any thread.
    func carry(_ requests: [OpenRequest], onEnd: @escaping @Sendable ([CarriedRequest]) -> Void) async {
        let began = time.steady
        let letters = requests.compactMap(payload(of:)).map { letter($0).request }
        await sender.send(letters, to: endpoint.name) { [time] ended in
            let duration = time.steady - began
            onEnd(
                ended.map { ended in
                    CarriedRequest(open: requests[ended.place], exchange: ended.exchange, duration: duration)
                })
        }
    }

    private func payload(of open: OpenRequest) -> Payload? {
        open.digest ?? open.tries.first.map { endpoint.format.payload(for: $0.delivery.event) }
    }

    /// What came of its tries; nil when it was cut off.
    func judged(_ carried: CarriedRequest) -> EndedRequest? {
        guard let exchange = carried.exchange else { return nil }
        let open = carried.open
        let verdict = verdict(on: exchange)
        let rule = open.isDigest ? "in a digest of \(open.tries.count): \(verdict.rule)" : verdict.rule
        let response = scrubber.scrubbed(exchange.reply?.body ?? [], limit: Attempt.responseLimit)
        let tries = open.tries.map { open in
            EndedAttempt(
                delivery: open.delivery,
                attempt: Attempt(
                    number: open.number, startedAt: open.startedAt, duration: carried.duration,
                    result: verdict.result, status: exchange.reply?.status, rule: rule, response: response))
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
