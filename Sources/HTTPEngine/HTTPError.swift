/// Why there is no response. The cases say what is known of the request's fate.
package enum HTTPError: Error, Hashable, Sendable {
    /// The receiver cannot have seen it.
    case notSent(Reason, String)
    /// It may have arrived: only a repetition under the same id is safe.
    case unknown(Reason, String)
    /// The policy forbids the address; not sent.
    case refusedAddress(AddressRefusal)
    /// It can never be sent as it is, or this libcurl cannot send it.
    case configuration(String)
    /// The task was cancelled or the engine shut down.
    case cancelled(mayHaveArrived: Bool)

    /// The closed set of reasons; the raw values serve as metric labels.
    package enum Reason: String, CaseIterable, Sendable {
        case address
        case cancelled
        case configuration
        case connection
        case connectionLost = "connection_lost"
        case hiddenRetry = "hidden_retry"
        case malformedReply = "malformed_reply"
        case name
        case noReply = "no_reply"
        case timeout
        case tls
    }

    package var reason: Reason {
        switch self {
        case .notSent(let reason, _), .unknown(let reason, _): reason
        case .refusedAddress: .address
        case .configuration: .configuration
        case .cancelled: .cancelled
        }
    }

    /// Whether the receiver may have acted on the request.
    package var mayHaveArrived: Bool {
        switch self {
        case .unknown: true
        case .cancelled(let mayHaveArrived): mayHaveArrived
        case .notSent, .refusedAddress, .configuration: false
        }
    }
}

extension HTTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notSent(_, let detail): "not sent: \(detail)"
        case .unknown(_, let detail): "may have arrived: \(detail)"
        case .refusedAddress(let refusal): refusal.description
        case .configuration(let text): text
        case .cancelled(let mayHaveArrived):
            mayHaveArrived ? "cancelled after it was sent" : "cancelled before it was sent"
        }
    }
}
