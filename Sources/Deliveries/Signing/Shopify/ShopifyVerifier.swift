package import Time

/// The receiver's side of Shopify's scheme, which knows no timestamp: an old message is as good as a new one.
package struct ShopifyVerifier: Verifier {
    private let keys: [HMACKey]
    private let header: String

    package init(secrets: [String], header: String? = nil) throws(SigningSecretError) {
        keys = try [HMACKey](texts: secrets)
        self.header = ShopifySigner.headerName(prefix: header)
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        guard let given = Base64.decode(try message.header(header)) else { throw .wrongSignature }
        try [given].require(keys.map { $0.code(message.body) })
    }
}
