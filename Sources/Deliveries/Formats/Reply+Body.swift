import JSON
import Time

extension Reply {
    /// The body as JSON; nil for anything else, a body that broke off among it.
    var json: JSONValue? { try? JSONParser.parse(body) }

    /// The front of the body as one line, for a verdict's rule.
    var excerpt: String {
        let text = String(decoding: body.prefix(200), as: UTF8.self)
        return text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
    }

    /// An instant so many seconds after the answer; nil when its time is unknown or the number absurd.
    func instant(after seconds: Double?) -> Timestamp? {
        guard let receivedAt, let seconds, (0...604_800).contains(seconds) else { return nil }
        return receivedAt + .milliseconds(Int64((seconds * 1000).rounded(.up)))
    }

    /// The judgement when the answer counts by its body and this body says nothing known. What a success says of retrying
    /// does not count.
    func unreadable(by destination: String) -> Verdict {
        guard (200..<300).contains(status) else { return .byStatus(self) }
        let found = body.isEmpty ? "an empty body" : "\"\(excerpt)\""
        return Verdict(.retry(notBefore: nil), rule: "status \(status), but \(destination) answered \(found)")
    }
}
