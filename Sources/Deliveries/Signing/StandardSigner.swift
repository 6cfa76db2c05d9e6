import Crypto
package import Time

/// Standard Webhooks 1.0, symmetric (`v1`): HMAC-SHA256 over `{id}.{timestamp}.{body}`, base64.
package struct StandardSigner: Signer {
    package static let secretPrefix = "whsec_"
    package static let secretLengths = 24...64

    let key: SymmetricKey

    /// `whsec_` and the base64 of 24 to 64 bytes; the prefix may be missing.
    package init(secret: String) throws(SigningSecretError) {
        let encoded = secret.hasPrefix(Self.secretPrefix) ? secret.dropFirst(Self.secretPrefix.count) : secret[...]
        guard let bytes = Base64.decode(encoded) else {
            throw SigningSecretError("expected whsec_ and base64, found something that is not base64")
        }
        guard Self.secretLengths.contains(bytes.count) else {
            throw SigningSecretError("expected 24 to 64 bytes behind whsec_, found \(bytes.count)")
        }
        key = SymmetricKey(data: bytes)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        let value = "v1," + Base64.encode(code(id: payload.id, seconds: time.seconds, body: payload.body))
        return Signature(headers: [Signature.Header(name: "webhook-signature", value: value, separator: " ")])
    }

    func code(id: String, seconds: Int64, body: [UInt8]) -> [UInt8] {
        Array(mac(id: id, seconds: seconds, body: body))
    }

    private func mac(id: String, seconds: Int64, body: [UInt8]) -> HMAC<SHA256>.MAC {
        var hmac = HMAC<SHA256>(key: key)
        hmac.update(data: Array("\(id).\(seconds).".utf8))
        hmac.update(data: body)
        return hmac.finalize()
    }
}
