package import Time

/// Feishu and Lark custom robots: HMAC-SHA256 over nothing, under the key `{timestamp}\n{secret}`, base64, in the body. The
/// message itself is not signed.
package struct FeishuSigner: Signer {
    private let secret: String

    package init(secret: String) throws(SigningSecretError) {
        try HMACKey.check(secret)
        self.secret = secret
    }

    package var changesBody: Bool { true }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        Signature(members: [
            Signature.Item(name: "timestamp", value: String(time.seconds)),
            Signature.Item(name: "sign", value: Base64.encode(code(seconds: time.seconds))),
        ])
    }

    func code(seconds: Int64) -> [UInt8] {
        HMACKey(bytes: Array("\(seconds)\n\(secret)".utf8)).code()
    }
}
