package import Time

/// The receiver's side of Standard Webhooks: whether a message is genuine and fresh.
package struct StandardVerifier: Sendable {
    package static let tolerance: Duration = .seconds(300)

    private let signers: [StandardSigner]

    /// Any of the secrets will do, so that one can be replaced without a gap.
    package init(secrets: [String]) throws(SigningSecretError) {
        var signers: [StandardSigner] = []
        for secret in secrets {
            signers.append(try StandardSigner(secret: secret))
        }
        self.signers = signers
    }

    package enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        case missingHeader(String)
        case malformedTimestamp
        case staleTimestamp(Duration)
        case wrongSignature

        package var description: String {
            switch self {
            case .missingHeader(let name): "the header \(name) is missing"
            case .malformedTimestamp: "webhook-timestamp is not a number of seconds"
            case .staleTimestamp(let age): "the timestamp is \(age.shortText) off; five minutes are allowed"
            case .wrongSignature: "no signature matches: another secret, or the body was changed"
            }
        }
    }

    /// `headers` by lower-case name.
    package func verify(headers: [String: String], body: [UInt8], now: Timestamp) throws(Failure) {
        func header(_ name: String) throws(Failure) -> String {
            guard let value = headers[name] else { throw .missingHeader(name) }
            return value
        }
        let id = try header("webhook-id")
        guard let seconds = Int64(try header("webhook-timestamp")) else { throw .malformedTimestamp }
        let given = try header("webhook-signature").split(separator: " ")
        let age = now - Timestamp(seconds: seconds)
        guard abs(age.wholeMilliseconds) <= Self.tolerance.wholeMilliseconds else { throw .staleTimestamp(age) }
        let candidates = given.filter { $0.hasPrefix("v1,") }.compactMap { Base64.decode($0.dropFirst(3)) }
        let isGenuine = signers.contains { signer in
            let expected = signer.code(id: id, seconds: seconds, body: body)
            return candidates.contains { constantTimeEqual($0, expected) }
        }
        guard isGenuine else { throw .wrongSignature }
    }
}

/// Compares in a time that depends on the lengths only.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(left, right) { difference |= a ^ b }
    return difference == 0
}
