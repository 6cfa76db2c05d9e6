package import Time

/// As Stripe signs its webhooks: HMAC-SHA256 over `{timestamp}.{body}`, hexadecimal. The key is the whole text of the
/// secret, `whsec_` included.
package struct StripeSigner: Signer {
    private let key: HMACKey
    private let header: String

    package init(secret: String, header: String? = nil) throws(SigningSecretError) {
        key = try HMACKey(text: secret)
        self.header = Self.headerName(prefix: header)
    }

    static func headerName(prefix: String?) -> String {
        "\(prefix ?? "Stripe")-Signature"
    }

    /// What is signed before the body.
    static func signedFront(seconds: Int64) -> [UInt8] {
        Array("\(seconds).".utf8)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        let code = key.code(Self.signedFront(seconds: time.seconds), payload.body)
        let lead = "t=\(time.seconds),"
        return Signature(headers: [
            Signature.Header(name: header, value: "\(lead)v1=\(Hexadecimal.encode(code))", separator: ",", lead: lead)
        ])
    }
}
