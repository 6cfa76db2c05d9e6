package import Time

/// The receiver's side of GitHub's scheme, which knows no timestamp: an old message is as good as a new one.
package struct GitHubVerifier: Verifier {
    private let keys: [HMACKey]
    private let heading: GitHubHeading

    package init(secrets: [String], header: String? = nil) throws(SigningSecretError) {
        keys = try [HMACKey](texts: secrets)
        heading = GitHubHeading(prefix: header)
    }

    package func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure) {
        let value = try message.header(heading.signature)
        guard value.hasPrefix(GitHubHeading.mark),
            let given = Hexadecimal.decode(value.dropFirst(GitHubHeading.mark.count))
        else { throw .wrongSignature }
        try [given].require(keys.map { $0.code(message.body) })
    }
}
