package import Time

/// The receiver's side of Standard Webhooks' `v1`.
package struct StandardVerifier: Verifier {
    package typealias Failure = VerificationFailure

    private let signers: [StandardSigner]
    private let heading: StandardHeading

    /// Any of the secrets will do, so that one can be replaced without a gap.
    package init(secrets: [String], header: String? = nil) throws(SigningSecretError) {
        var signers: [StandardSigner] = []
        for secret in secrets {
            signers.append(try StandardSigner(secret: secret))
        }
        self.signers = signers
        heading = StandardHeading(prefix: header)
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let (front, signatures) = try heading.read(message, version: "v1", now: now)
        try signatures.require(signers.map { $0.code(over: front, body: message.body) })
    }

    /// `headers` by lower-case name.
    package func verify(headers: [String: String], body: [UInt8], now: Timestamp) throws(VerificationFailure) {
        try verify(ReceivedMessage(headers: headers, body: body), now: now)
    }
}
