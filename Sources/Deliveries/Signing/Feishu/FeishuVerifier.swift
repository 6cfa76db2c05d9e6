import JSON
package import Time

/// The robot's side of Feishu's scheme.
package struct FeishuVerifier: Verifier {
    private let signers: [FeishuSigner]

    package init(secrets: [String]) throws(SigningSecretError) {
        var signers: [FeishuSigner] = []
        for secret in secrets {
            signers.append(try FeishuSigner(secret: secret))
        }
        self.signers = signers
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let body = try? JSONParser.parse(message.body)
        func member(_ name: String) throws(VerificationFailure) -> String {
            guard let text = body?[name]?.stringValue else { throw .missingMember(name) }
            return text
        }
        let seconds = try Freshness.number(member("timestamp"))
        let sign = try member("sign")
        try Freshness.hour.check(Timestamp(seconds: seconds), now: now)
        guard let given = Base64.decode(sign) else { throw .wrongSignature }
        try [given].require(signers.map { $0.code(seconds: seconds) })
    }
}
