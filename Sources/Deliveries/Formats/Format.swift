/// How an endpoint is spoken to: what it is sent, and what its answers mean.
package protocol Format: Sendable {
    var name: FormatName { get }

    /// The message for one event.
    func payload(for event: StoredEvent) -> Payload

    /// How many events one digest may be asked to hold; 0 where the destination knows no digests.
    var digestLimit: Int { get }

    /// One message for several events in their order, as many from the front as fit; at least one.
    ///
    /// Nil where the destination knows no digests, or for no events.
    func digest(of events: [StoredEvent]) -> Digest?

    /// Judges an answer; by the status alone where the format knows no better.
    func verdict(on reply: Reply) -> Verdict

    /// What the destination is known to bear; all of them hold. An endpoint's own `rate` takes their place.
    var limits: [Rate] { get }

    /// Whether every body is a JSON object, to which a signature can add members.
    var sendsObject: Bool { get }
}

extension Format {
    package var digestLimit: Int { 0 }

    package func digest(of events: [StoredEvent]) -> Digest? { nil }

    package func verdict(on reply: Reply) -> Verdict { .byStatus(reply) }

    package var limits: [Rate] { [] }

    package var sendsObject: Bool { true }

    package var supportsDigests: Bool { digestLimit > 0 }

    package func verdict(on exchange: Exchange) -> Verdict {
        switch exchange {
        case .answered(let reply): verdict(on: reply)
        case .failed(let failure): .byFailure(failure)
        }
    }
}
