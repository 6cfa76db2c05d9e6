package import Time

/// DingTalk custom robots: HMAC-SHA256 over `{milliseconds}\n{secret}`, base64, in the query. The message itself is not
/// signed.
package struct DingTalkSigner: Signer {
    private let key: HMACKey
    private let secret: [UInt8]

    /// The robot's secret, which begins with `SEC`.
    package init(secret: String) throws(SigningSecretError) {
        key = try HMACKey(text: secret)
        self.secret = Array(secret.utf8)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        Signature(query: [
            Signature.Item(name: "timestamp", value: String(time.milliseconds)),
            Signature.Item(name: "sign", value: Base64.encode(code(milliseconds: time.milliseconds))),
        ])
    }

    func code(milliseconds: Int64) -> [UInt8] {
        key.code(Array("\(milliseconds)\n".utf8), secret)
    }
}
