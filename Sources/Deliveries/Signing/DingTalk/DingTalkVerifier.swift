package import Time

/// The robot's side of DingTalk's scheme.
package struct DingTalkVerifier: Verifier {
    private let signers: [DingTalkSigner]

    package init(secrets: [String]) throws(SigningSecretError) {
        var signers: [DingTalkSigner] = []
        for secret in secrets {
            signers.append(try DingTalkSigner(secret: secret))
        }
        self.signers = signers
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let milliseconds = try Freshness.number(message.queryItem("timestamp"))
        try Freshness.hour.check(Timestamp(milliseconds: milliseconds), now: now)
        guard let given = Base64.decode(try message.queryItem("sign")) else { throw .wrongSignature }
        try [given].require(signers.map { $0.code(milliseconds: milliseconds) })
    }
}
