import JSON

/// DingTalk custom robots: Markdown, with the event's id as the idempotency key.
package struct DingTalkFormat: MessageFormat {
    /// Bytes of the whole message; the documented limit is 20,000.
    private static let sizeLimit = 20_000

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .dingtalk }

    package var limits: [Rate] { [Rate(count: 20, per: .seconds(60))] }

    /// DingTalk documents no escape.
    func escaped(_ text: String) -> String { Defusing.fullWidth(text) }

    func payload(of message: Message) -> Payload {
        // A single line break is a space to some of the clients.
        let paragraphs = ["### \(message.headline)"] + message.factLines
        let list = message.lines.map { "- \($0.text) · \($0.id)" }.joined(separator: "\n")
        let text = (paragraphs + (list.isEmpty ? [] : [list]) + [message.id]).joined(separator: "\n\n")
        return Payload(
            id: message.id,
            json: [
                "msgtype": "markdown", "markdown": ["title": .string(message.headline), "text": .string(text)],
                "msgUuid": .string(message.id),
            ])
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        payload.body.count <= Self.sizeLimit
    }

    package func verdict(on reply: Reply) -> Verdict {
        guard (200..<300).contains(reply.status) else { return .byStatus(reply) }
        guard let code = reply.json?["errcode"]?.integerValue else { return reply.unreadable(by: "DingTalk") }
        let message = reply.json?["errmsg"]?.stringValue ?? ""
        let said = "DingTalk answered errcode \(code)\(message.isEmpty ? "" : ": \(message.prefix(200))")"
        switch code {
        case 0:
            return Verdict(.delivered, rule: "DingTalk answered errcode 0")
        case 410100, 130101, 660026, 90030:
            // Whoever sends more than 20 in a minute is shut out for ten.
            return Verdict(.throttled(until: reply.instant(after: 600)), rule: said)
        case 310000:
            return Self.securityRefusal(message, said)
        case 300005, 400101, 400102, 400013, 400106:
            return Verdict(.rejected, rule: "\(said); the robot is gone or its address is wrong")
        case 460101:
            return Verdict(.rejected, rule: "\(said); the message is too large")
        default:
            return Verdict(.retry(notBefore: nil), rule: said)
        }
    }

    /// One code for three settings. A text without the robot's keyword will never have it; a wrong secret or address is
    /// mended on either side, and then the same message passes.
    private static func securityRefusal(_ message: String, _ said: String) -> Verdict {
        let text = message.lowercased()
        if text.contains("keyword") || text.contains("关键词") {
            return Verdict(.rejected, rule: "\(said); let the robot ask for a signature instead of a keyword")
        }
        return Verdict(
            .retry(notBefore: nil), rule: "\(said); check the robot's secret, its allowed addresses and the clock")
    }
}
