package import Time

/// The receiver's side of Stripe's scheme.
package struct StripeVerifier: Verifier {
    private let keys: [HMACKey]
    private let header: String

    package init(secrets: [String], header: String? = nil) throws(SigningSecretError) {
        keys = try [HMACKey](texts: secrets)
        self.header = StripeSigner.headerName(prefix: header)
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let parts = try message.header(header).split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        func values(_ name: String) -> [String] {
            parts.filter { $0.count == 2 && $0[0] == name }.map { String($0[1]) }
        }
        let seconds = try Freshness.number(values("t").first ?? "")
        try Freshness.minutes.check(Timestamp(seconds: seconds), now: now)
        let front = StripeSigner.signedFront(seconds: seconds)
        try values("v1").compactMap(Hexadecimal.decode).require(keys.map { $0.code(front, message.body) })
    }
}
