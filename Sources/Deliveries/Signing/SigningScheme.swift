/// The signature schemes by the name that the configuration uses.
package enum SigningScheme: String, Sendable, CaseIterable {
    case standard
    case standardEd25519 = "standard-ed25519"
    case github, slack, stripe, shopify, dingtalk, feishu

    /// Throws when the secret does not have the scheme's form. `header` begins the names of the headers in place of the
    /// scheme's own prefix, where it has any.
    package func signer(secret: String, header: String? = nil) throws(SigningSecretError) -> any Signer {
        switch self {
        case .standard: try StandardSigner(secret: secret, header: header)
        case .standardEd25519: try Ed25519Signer(secret: secret, header: header)
        case .github: try GitHubSigner(secret: secret, header: header)
        case .slack: try SlackSigner(secret: secret, header: header)
        case .stripe: try StripeSigner(secret: secret, header: header)
        case .shopify: try ShopifySigner(secret: secret, header: header)
        case .dingtalk: try DingTalkSigner(secret: secret)
        case .feishu: try FeishuSigner(secret: secret)
        }
    }

    /// The receiver's side; any of the secrets will do. Of `standard-ed25519` it takes the public key as well.
    package func verifier(secrets: [String], header: String? = nil) throws(SigningSecretError) -> any Verifier {
        switch self {
        case .standard: try StandardVerifier(secrets: secrets, header: header)
        case .standardEd25519: try Ed25519Verifier(keys: secrets, header: header)
        case .github: try GitHubVerifier(secrets: secrets, header: header)
        case .slack: try SlackVerifier(secrets: secrets, header: header)
        case .stripe: try StripeVerifier(secrets: secrets, header: header)
        case .shopify: try ShopifyVerifier(secrets: secrets, header: header)
        case .dingtalk: try DingTalkVerifier(secrets: secrets)
        case .feishu: try FeishuVerifier(secrets: secrets)
        }
    }

    /// Whether `header` means anything: the robots' signatures are not in headers.
    package var takesHeader: Bool { self != .dingtalk && self != .feishu }

    /// Whether several signatures of the scheme fit into one request. Where they do not, the first entry signs, and a
    /// secret is rotated by the receiver accepting both for a while.
    package var holdsSeveral: Bool { self == .standard || self == .standardEd25519 || self == .stripe }

    /// Whether the body must be a JSON object to hold the signature.
    package var needsObject: Bool { self == .feishu }
}
