import Crypto
package import Time

/// The receiver's side of Standard Webhooks' `v1a`.
package struct Ed25519Verifier: Verifier {
    private let keys: [Curve25519.Signing.PublicKey]
    private let heading: StandardHeading

    /// Public keys (`whpk_`), or private ones, of which only the public part is used.
    package init(keys texts: [String], header: String? = nil) throws(SigningSecretError) {
        var keys: [Curve25519.Signing.PublicKey] = []
        for text in texts {
            keys.append(try Ed25519Key.publicKey(text))
        }
        self.keys = keys
        heading = StandardHeading(prefix: header)
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let (front, signatures) = try heading.read(message, version: "v1a", now: now)
        let signed = front + message.body
        let isGenuine = keys.contains { key in signatures.contains { key.isValidSignature($0, for: signed) } }
        guard isGenuine else { throw .wrongSignature }
    }
}
