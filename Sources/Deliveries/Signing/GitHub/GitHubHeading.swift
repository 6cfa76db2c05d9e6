/// The headers of GitHub's webhooks, or the same ones behind a prefix.
struct GitHubHeading: Sendable {
    let signature: String
    let event: String
    let delivery: String

    init(prefix: String?) {
        signature = "\(prefix ?? "X-Hub")-Signature-256"
        event = "\(prefix ?? "X-GitHub")-Event"
        delivery = "\(prefix ?? "X-GitHub")-Delivery"
    }

    /// Before the signature's digits.
    static let mark = "sha256="
}
