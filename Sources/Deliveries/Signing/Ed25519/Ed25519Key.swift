import Crypto

/// The written forms of Ed25519 keys in Standard Webhooks.
enum Ed25519Key {
    static let privatePrefix = "whsk_"
    static let publicPrefix = "whpk_"

    static func privateKey(_ text: String) throws(SigningSecretError) -> Curve25519.Signing.PrivateKey {
        guard !text.hasPrefix(publicPrefix) else {
            throw SigningSecretError("expected whsk_ and base64, found a public key, which cannot sign")
        }
        guard text.hasPrefix(privatePrefix) else {
            throw SigningSecretError("expected whsk_ and base64, found something that does not begin with whsk_")
        }
        guard let bytes = Base64.decode(text.dropFirst(privatePrefix.count)) else {
            throw SigningSecretError("expected whsk_ and base64, found something that is not base64")
        }
        guard bytes.count == 64, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes.prefix(32))
        else {
            throw SigningSecretError("expected 64 bytes behind whsk_ (seed and public key), found \(bytes.count)")
        }
        guard key.publicKey.rawRepresentation.elementsEqual(bytes.dropFirst(32)) else {
            throw SigningSecretError("the public key behind whsk_ does not belong to the seed before it")
        }
        return key
    }

    /// Of a public key, or of the private key that it belongs to.
    static func publicKey(_ text: String) throws(SigningSecretError) -> Curve25519.Signing.PublicKey {
        if text.hasPrefix(privatePrefix) { return try privateKey(text).publicKey }
        guard text.hasPrefix(publicPrefix), let bytes = Base64.decode(text.dropFirst(publicPrefix.count)),
            bytes.count == 32,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else {
            throw SigningSecretError("expected whpk_ and the base64 of 32 bytes, or whsk_ and that of 64")
        }
        return key
    }
}
