import Time

/// Why a message is not genuine, or cannot be told to be.
package enum VerificationFailure: Error, Sendable, Equatable, CustomStringConvertible {
    case missingHeader(String)
    case missingQueryItem(String)
    /// Of the body's JSON object.
    case missingMember(String)
    case malformedTimestamp
    case staleTimestamp(Duration)
    case wrongSignature

    package var description: String {
        switch self {
        case .missingHeader(let name): "the header \(name) is missing"
        case .missingQueryItem(let name): "the query has no \(name)"
        case .missingMember(let name): "the body has no member \(name)"
        case .malformedTimestamp: "the timestamp is not a number"
        case .staleTimestamp(let age): "the timestamp is \(age.shortText) off, more than the scheme allows"
        case .wrongSignature: "no signature matches: another secret, or the message was changed"
        }
    }
}
