import JSON

/// Feishu and Lark custom robots: a card of plain texts, in which nothing is markup.
package struct FeishuFormat: MessageFormat {
    /// Bytes of the whole request; of the documented 20 KB a signature takes its share.
    private static let sizeLimit = 19_800

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .feishu }

    package var limits: [Rate] { [Rate(count: 5, per: .seconds(1)), Rate(count: 100, per: .seconds(60))] }

    func escaped(_ text: String) -> String { text }

    func payload(of message: Message) -> Payload {
        let text = (message.factLines + message.digestLines).joined(separator: "\n")
        let card: JSONValue = [
            "config": ["wide_screen_mode": true],
            "header": ["title": Self.plain(message.headline), "template": Self.color(message.tone)],
            "elements": [
                ["tag": "div", "text": Self.plain(text)],
                ["tag": "note", "elements": [Self.plain(message.id)]],
            ],
        ]
        return Payload(id: message.id, json: ["msg_type": "interactive", "card": card])
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        payload.body.count <= Self.sizeLimit
    }

    private static func plain(_ text: String) -> JSONValue {
        ["tag": "plain_text", "content": .string(text)]
    }

    private static func color(_ tone: Wording.Tone) -> JSONValue {
        switch tone {
        case .good: "green"
        case .neutral: "blue"
        case .warning: "orange"
        case .bad: "red"
        }
    }

    /// `code`, or `StatusCode` in the older answers; some failures come with status 400 and the same body.
    package func verdict(on reply: Reply) -> Verdict {
        let json = reply.json
        guard let code = (json?["code"] ?? json?["StatusCode"])?.integerValue else {
            return reply.unreadable(by: "Feishu")
        }
        let message = (json?["msg"] ?? json?["StatusMessage"])?.stringValue ?? ""
        let said = "Feishu answered code \(code)\(message.isEmpty ? "" : ": \(message.prefix(200))")"
        switch code {
        case 0:
            guard (200..<300).contains(reply.status) else { return .byStatus(reply) }
            return Verdict(.delivered, rule: "Feishu answered code 0")
        case 9499:
            return Verdict(.rejected, rule: "\(said); it does not understand the message")
        case 19001:
            return Verdict(.rejected, rule: "\(said); the robot is gone or its address is wrong")
        case 19021:
            return Verdict(.retry(notBefore: nil), rule: "\(said); check the robot's secret and the clock")
        case 19022:
            return Verdict(.retry(notBefore: nil), rule: "\(said); add this host to the robot's allowed addresses")
        case 19024:
            return Verdict(.rejected, rule: "\(said); let the robot ask for a signature instead of a keyword")
        case 11232:
            return Verdict(.throttled(until: reply.retryAfter), rule: said)
        default:
            guard (200..<300).contains(reply.status) else { return .byStatus(reply) }
            return Verdict(.retry(notBefore: nil), rule: said)
        }
    }
}
