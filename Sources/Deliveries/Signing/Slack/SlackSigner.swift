package import Time

/// As Slack signs its requests: HMAC-SHA256 over `v0:{timestamp}:{body}`, hexadecimal.
package struct SlackSigner: Signer {
    private let key: HMACKey
    private let heading: SlackHeading

    package init(secret: String, header: String? = nil) throws(SigningSecretError) {
        key = try HMACKey(text: secret)
        heading = SlackHeading(prefix: header)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        let code = key.code(SlackHeading.signedFront(seconds: time.seconds), payload.body)
        return Signature(headers: [
            Signature.Header(name: heading.timestamp, value: String(time.seconds)),
            Signature.Header(name: heading.signature, value: SlackHeading.mark + Hexadecimal.encode(code)),
        ])
    }
}
