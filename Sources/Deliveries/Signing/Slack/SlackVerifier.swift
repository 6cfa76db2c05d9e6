package import Time

/// The receiver's side of Slack's scheme.
package struct SlackVerifier: Verifier {
    private let keys: [HMACKey]
    private let heading: SlackHeading

    package init(secrets: [String], header: String? = nil) throws(SigningSecretError) {
        keys = try [HMACKey](texts: secrets)
        heading = SlackHeading(prefix: header)
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let seconds = try Freshness.number(message.header(heading.timestamp))
        let value = try message.header(heading.signature)
        try Freshness.minutes.check(Timestamp(seconds: seconds), now: now)
        guard value.hasPrefix(SlackHeading.mark),
            let given = Hexadecimal.decode(value.dropFirst(SlackHeading.mark.count))
        else { throw .wrongSignature }
        let front = SlackHeading.signedFront(seconds: seconds)
        try [given].require(keys.map { $0.code(front, message.body) })
    }
}
