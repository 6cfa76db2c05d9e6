/// How an endpoint is spoken to: what it is sent, and what its answers mean.
package protocol Format: Sendable {
    var name: FormatName { get }

    /// The message for one event.
    func payload(for event: StoredEvent) -> Payload

    /// Judges an answer; by the status alone where the format knows no better.
    func verdict(on reply: Reply) -> Verdict
}

extension Format {
    package func verdict(on reply: Reply) -> Verdict { .byStatus(reply) }

    package func verdict(on exchange: Exchange) -> Verdict {
        switch exchange {
        case .answered(let reply): verdict(on: reply)
        case .failed(let failure): .byFailure(failure)
        }
    }
}

/// The formats by the name that the configuration uses.
package enum FormatName: String, Sendable, CaseIterable {
    case standard, slack

    package var format: any Format {
        switch self {
        case .standard: StandardFormat()
        case .slack: SlackFormat()
        }
    }
}
