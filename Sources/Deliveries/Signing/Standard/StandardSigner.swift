package import Time

/// Standard Webhooks 1.0, symmetric (`v1`): HMAC-SHA256 over `{id}.{timestamp}.{body}`, base64.
package struct StandardSigner: Signer {
    package static let secretPrefix = "whsec_"
    package static let secretLengths = 24...64

    private let key: HMACKey
    private let heading: StandardHeading

    /// `whsec_` and the base64 of 24 to 64 bytes; the prefix may be missing.
    package init(secret: String, header: String? = nil) throws(SigningSecretError) {
        guard !secret.hasPrefix("whsk_"), !secret.hasPrefix("whpk_") else {
            throw SigningSecretError("expected whsec_ and base64, found an Ed25519 key: its scheme is standard-ed25519")
        }
        let encoded = secret.hasPrefix(Self.secretPrefix) ? secret.dropFirst(Self.secretPrefix.count) : secret[...]
        guard let bytes = Base64.decode(encoded) else {
            throw SigningSecretError("expected whsec_ and base64, found something that is not base64")
        }
        guard Self.secretLengths.contains(bytes.count) else {
            throw SigningSecretError("expected 24 to 64 bytes behind whsec_, found \(bytes.count)")
        }
        key = HMACKey(bytes: bytes)
        heading = StandardHeading(prefix: header)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        let code = code(over: StandardHeading.signedFront(id: payload.id, seconds: time.seconds), body: payload.body)
        return heading.signature("v1," + Base64.encode(code), id: payload.id, seconds: time.seconds)
    }

    func code(over front: [UInt8], body: [UInt8]) -> [UInt8] {
        key.code(front, body)
    }
}
