import JSON

/// WeCom group robots: Markdown.
package struct WeComFormat: MessageFormat {
    /// Bytes of the Markdown text.
    private static let contentLimit = 4096

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .wecom }

    package var limits: [Rate] { [Rate(count: 20, per: .seconds(60))] }

    /// WeCom documents no escape, and `<@user>` in its Markdown mentions somebody.
    func escaped(_ text: String) -> String { Defusing.fullWidth(text) }

    func payload(of message: Message) -> Payload {
        Payload(
            id: message.id,
            json: ["msgtype": "markdown", "markdown": ["content": .string(Self.content(of: message))]])
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        Self.content(of: message).utf8.count <= Self.contentLimit
    }

    private static func content(of message: Message) -> String {
        let quoted = (message.factLines + [message.id]).map { "> \($0)" }
        return (["**\(message.headline)**"] + message.digestLines + quoted).joined(separator: "\n")
    }

    package func verdict(on reply: Reply) -> Verdict {
        guard (200..<300).contains(reply.status) else { return .byStatus(reply) }
        guard let code = reply.json?["errcode"]?.integerValue else { return reply.unreadable(by: "WeCom") }
        let message = reply.json?["errmsg"]?.stringValue ?? ""
        let said = "WeCom answered errcode \(code)\(message.isEmpty ? "" : ": \(message.prefix(200))")"
        switch code {
        case 0:
            return Verdict(.delivered, rule: "WeCom answered errcode 0")
        case 45009:
            // The limit counts by the minute.
            return Verdict(.throttled(until: reply.retryAfter ?? reply.instant(after: 60)), rule: said)
        case 93000:
            return Verdict(.rejected, rule: "\(said); the robot is gone or the key in its address is wrong")
        case 40008:
            return Verdict(.rejected, rule: "\(said); it does not know this type of message")
        default:
            return Verdict(.retry(notBefore: nil), rule: said)
        }
    }
}
