import Time

/// The headers of Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature`, or all three with another
/// prefix.
struct StandardHeading: Sendable {
    static let usualPrefix = "webhook"

    private let prefix: String

    init(prefix: String?) {
        self.prefix = prefix ?? Self.usualPrefix
    }

    /// What is signed before the body.
    static func signedFront(id: String, seconds: Int64) -> [UInt8] {
        Array("\(id).\(seconds).".utf8)
    }

    func signature(_ value: String, id: String, seconds: Int64) -> Signature {
        let header = Signature.Header(name: "\(prefix)-signature", value: value, separator: " ")
        // The usual two are in every request, signed or not.
        if prefix.lowercased() == Self.usualPrefix { return Signature(headers: [header]) }
        return Signature(headers: [
            Signature.Header(name: "\(prefix)-id", value: id),
            Signature.Header(name: "\(prefix)-timestamp", value: String(seconds)),
            header,
        ])
    }

    /// The signed front of a received message and its signatures of one version, `v1` or `v1a`, decoded.
    func read(
        _ message: ReceivedMessage, version: String, now: Timestamp
    ) throws(VerificationFailure) -> (front: [UInt8], signatures: [[UInt8]]) {
        let id = try message.header("\(prefix)-id")
        let seconds = try Freshness.number(message.header("\(prefix)-timestamp"))
        let given = try message.header("\(prefix)-signature").split(separator: " ")
        try Freshness.minutes.check(Timestamp(seconds: seconds), now: now)
        let mark = version + ","
        let signatures = given.filter { $0.hasPrefix(mark) }.compactMap { Base64.decode($0.dropFirst(mark.count)) }
        return (Self.signedFront(id: id, seconds: seconds), signatures)
    }
}
