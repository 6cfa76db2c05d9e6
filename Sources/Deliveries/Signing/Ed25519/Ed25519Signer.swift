import Crypto
package import Time

/// Standard Webhooks 1.0, asymmetric (`v1a`): Ed25519 over the same text as `v1`. A receiver needs the public key only.
package struct Ed25519Signer: Signer {
    private let key: Curve25519.Signing.PrivateKey
    private let heading: StandardHeading

    /// `whsk_` and the base64 of 64 bytes: the 32 of the seed, then the 32 of the public key.
    package init(secret: String, header: String? = nil) throws(SigningSecretError) {
        key = try Ed25519Key.privateKey(secret)
        heading = StandardHeading(prefix: header)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        let front = StandardHeading.signedFront(id: payload.id, seconds: time.seconds)
        // Fails only where memory does. A message without the signature is refused by its receiver and tried again.
        guard let code = try? key.signature(for: front + payload.body) else { return Signature() }
        return heading.signature("v1a," + Base64.encode(Array(code)), id: payload.id, seconds: time.seconds)
    }

    /// What receivers are given: `whpk_` and the base64 of 32 bytes.
    package var publicKey: String {
        Ed25519Key.publicPrefix + Base64.encode(Array(key.publicKey.rawRepresentation))
    }
}
