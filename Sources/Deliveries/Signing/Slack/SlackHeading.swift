/// The headers of Slack's request signing, or the same ones behind a prefix.
struct SlackHeading: Sendable {
    let timestamp: String
    let signature: String

    init(prefix: String?) {
        timestamp = "\(prefix ?? "X-Slack")-Request-Timestamp"
        signature = "\(prefix ?? "X-Slack")-Signature"
    }

    /// Before the signature's digits.
    static let mark = "v0="

    /// What is signed before the body.
    static func signedFront(seconds: Int64) -> [UInt8] {
        Array("v0:\(seconds):".utf8)
    }
}
