package import Time

/// As GitHub signs its webhooks: HMAC-SHA256 over the body, hexadecimal; the event's type and id in headers beside it. The
/// timestamp is not signed.
package struct GitHubSigner: Signer {
    private let key: HMACKey
    private let heading: GitHubHeading

    package init(secret: String, header: String? = nil) throws(SigningSecretError) {
        key = try HMACKey(text: secret)
        heading = GitHubHeading(prefix: header)
    }

    package func signature(of payload: Payload, at time: Timestamp) -> Signature {
        let code = Hexadecimal.encode(key.code(payload.body))
        let type = payload.type.isEmpty ? [] : [Signature.Header(name: heading.event, value: payload.type)]
        return Signature(
            headers: [Signature.Header(name: heading.signature, value: GitHubHeading.mark + code)] + type
                + [Signature.Header(name: heading.delivery, value: payload.id)])
    }
}
