package import Time

/// As Shopify signs its webhooks: HMAC-SHA256 over the body, base64. The timestamp is not signed.
package struct ShopifySigner: Signer {
    private let key: HMACKey
    private let header: String

    package init(secret: String, header: String? = nil) throws(SigningSecretError) {
        key = try HMACKey(text: secret)
        self.header = Self.headerName(prefix: header)
    }

    static func headerName(prefix: String?) -> String {
        "\(prefix ?? "X-Shopify")-Hmac-Sha256"
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        Signature(headers: [Signature.Header(name: header, value: Base64.encode(key.code(payload.body)))])
    }
}
