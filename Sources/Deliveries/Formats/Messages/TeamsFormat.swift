import JSON

/// Microsoft Teams by a Workflows webhook (or an old connector): an Adaptive Card 1.4.
///
/// Every text is a run of a rich text block. A `TextBlock` would read it as Markdown, of which Teams documents no escape.
package struct TeamsFormat: MessageFormat {
    /// The documented 28 KB, of which the envelope that Teams adds needs a little.
    private static let sizeLimit = 27_000

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .teams }

    func escaped(_ text: String) -> String { text }

    func payload(of message: Message) -> Payload {
        let facts = message.facts.map { Self.block([Self.run($0.label + message.colon, .strong), Self.run($0.value)]) }
        let lines = message.lines.map { Self.block([Self.run($0.text + " "), Self.run($0.id, .subtle)]) }
        let head = Self.block([Self.run(message.headline, .title(message.tone))])
        let foot = Self.block([Self.run(message.id, .subtle)])
        let card: JSONValue = [
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
            "fallbackText": .string(message.headline), "msteams": ["width": "Full"],
            "body": .array([head] + facts + lines + [foot]),
        ]
        let attachment: JSONObject = [
            "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": .null, "content": card,
        ]
        return Payload(id: message.id, json: ["type": "message", "attachments": [.object(attachment)]])
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        payload.body.count <= Self.sizeLimit
    }

    private enum Look {
        case plain, strong, subtle
        case title(Wording.Tone)
    }

    private static func block(_ runs: [JSONValue]) -> JSONValue {
        ["type": "RichTextBlock", "inlines": .array(runs)]
    }

    private static func run(_ text: String, _ look: Look = .plain) -> JSONValue {
        var run: JSONObject = ["type": "TextRun", "text": .string(text)]
        switch look {
        case .plain: break
        case .strong: run["weight"] = "Bolder"
        case .subtle:
            run["isSubtle"] = true
            run["size"] = "Small"
        case .title(let tone):
            run["weight"] = "Bolder"
            run["size"] = "Medium"
            run["color"] = color(tone)
        }
        return .object(run)
    }

    private static func color(_ tone: Wording.Tone) -> JSONValue {
        switch tone {
        case .good: "Good"
        case .neutral: "Default"
        case .warning: "Warning"
        case .bad: "Attention"
        }
    }

    /// The old connector answers 200 even when it failed, and says so in the body only.
    package func verdict(on reply: Reply) -> Verdict {
        let text = String(decoding: reply.body, as: UTF8.self)
        switch reply.status {
        case 200..<300 where text.contains("Webhook message delivery failed"):
            return Self.connectorFailure(text, reply)
        case 200, 202:
            return Verdict(.delivered, rule: "Teams answered \(reply.status)")
        case 400, 413:
            return Verdict(.rejected, rule: "Teams refused the message: status \(reply.status) \(reply.excerpt)")
        case 200..<300:
            return reply.unreadable(by: "Teams")
        default:
            return .byStatus(reply)
        }
    }

    /// The text ends in the status that the connector got itself: `… returned HTTP error 429 with ContextId …`.
    private static func connectorFailure(_ text: String, _ reply: Reply) -> Verdict {
        let status = text.firstRange(of: "HTTP error ").map { text[$0.upperBound...].prefix(3) }
        switch status {
        case "429"?:
            return Verdict(
                .throttled(until: reply.retryAfter), rule: "Teams answered \(reply.status), but throttles (429)")
        case "400"?, "413"?:
            return Verdict(.rejected, rule: "Teams answered \(reply.status), but refused the message: \(reply.excerpt)")
        default:
            return Verdict(
                .retry(notBefore: nil),
                rule: "Teams answered \(reply.status), but failed: \(reply.excerpt)")
        }
    }
}
