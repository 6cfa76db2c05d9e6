import JSON
import Time

/// Discord webhooks: one embed. Nobody is ever mentioned.
package struct DiscordFormat: MessageFormat {
    /// Limits of an embed by Discord's reference, in UTF-16 units, the strictest reading of its characters.
    private enum Limit {
        static let title = 256
        static let description = 4096
        static let fieldName = 256
        static let fieldValue = 1024
        static let total = 6000
    }

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .discord }

    /// A backslash before every mark of Discord's Markdown. An `@` is parted from its name besides: allowed mentions hold
    /// the ping back, but not the look of one.
    func escaped(_ text: String) -> String {
        Defusing.mapped(text) { scalar, isWithinWord in
            switch scalar {
            case "\\", "*", "_", "~", "`", "|", "<", ">", "#", "[", "]", "(", ")", ":": "\\\(scalar)"
            case "-": isWithinWord ? nil : "\\-"
            case "@": "@\u{200B}"
            default: nil
            }
        }
    }

    func payload(of message: Message) -> Payload {
        var embed: JSONObject = ["title": .string(message.headline), "color": .integer(Self.color(message.tone))]
        if !message.lines.isEmpty { embed["description"] = .string(Self.description(of: message)) }
        embed["fields"] = .array(
            message.facts.map { ["name": .string($0.label), "value": .string($0.value), "inline": false] })
        embed["footer"] = ["text": .string(message.id)]
        return Payload(id: message.id, json: ["embeds": [.object(embed)], "allowed_mentions": ["parse": []]])
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        let title = message.headline.utf16.count
        let description = Self.description(of: message).utf16.count
        let fields = message.facts.map { (name: $0.label.utf16.count, value: $0.value.utf16.count) }
        let total = title + description + message.id.utf16.count + fields.reduce(0) { $0 + $1.name + $1.value }
        return title <= Limit.title && description <= Limit.description && total <= Limit.total
            && fields.allSatisfy { $0.name <= Limit.fieldName && $0.value <= Limit.fieldValue }
    }

    private static func description(of message: Message) -> String {
        message.lines.map { "\($0.text) `\($0.id)`" }.joined(separator: "\n")
    }

    private static func color(_ tone: Wording.Tone) -> Int64 {
        switch tone {
        case .good: 0x2E_A0_43
        case .neutral: 0x58_65_F2
        case .warning: 0xF0_A0_20
        case .bad: 0xD1_24_2F
        }
    }

    /// Discord tells its limits in every answer's headers: when nothing remains, the endpoint pauses until the reset, though
    /// the message itself was taken.
    package func verdict(on reply: Reply) -> Verdict {
        let code = reply.json?["code"]?.integerValue
        var verdict: Verdict
        switch (reply.status, code) {
        case (200, _), (204, _):
            verdict = Verdict(.delivered, rule: "Discord answered \(reply.status)")
            if reply.headers["x-ratelimit-remaining"] == "0" { verdict.pauseUntil = Self.reset(in: reply) }
        case (429, _):
            let until = reply.instant(after: reply.json?["retry_after"]?.doubleValue)
            verdict = Verdict(
                .throttled(until: until ?? reply.retryAfter ?? Self.reset(in: reply)),
                rule: "Discord throttles: status 429")
        case (400, _):
            verdict = Verdict(.rejected, rule: "Discord refused the message: \(reply.excerpt)")
        case (404, 10015?):
            verdict = Verdict(.rejected, rule: "Discord knows no such webhook (10015): make a new one")
        case (401, 50027?), (403, 50027?):
            verdict = Verdict(.rejected, rule: "Discord refused the webhook's token (50027)")
        case (200..<300, _):
            verdict = reply.unreadable(by: "Discord")
        default:
            verdict = .byStatus(reply)
        }
        return verdict
    }

    private static func reset(in reply: Reply) -> Timestamp? {
        reply.instant(after: reply.headers["x-ratelimit-reset-after"].flatMap(Double.init))
    }
}
