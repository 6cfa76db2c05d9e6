import JSON

/// Slack incoming webhooks, and what speaks like them (Mattermost, Rocket.Chat): blocks for the client, a plain text for
/// notifications.
package struct SlackFormat: MessageFormat {
    /// Characters of a section's text, and blocks of a message, by Slack's reference of Block Kit.
    private static let sectionLimit = 3000
    private static let blockLimit = 50

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .slack }

    package var limits: [Rate] { [Rate(count: 1, per: .seconds(1))] }

    /// Slack's three control characters as entities, so that a name can neither link nor mention; marks of its own markup,
    /// for which it has no escape, behind a zero-width space.
    func escaped(_ text: String) -> String {
        Defusing.mapped(text) { scalar, isWithinWord in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "*", "~", "`": "\u{200B}\(scalar)"
            case "_": isWithinWord ? nil : "\u{200B}_"
            default: nil
            }
        }
    }

    func payload(of message: Message) -> Payload {
        let blocks = Self.texts(of: message).map(Self.section) + [Self.context("`\(message.id)`")]
        return Payload(id: message.id, json: ["text": .string(message.headline), "blocks": .array(blocks)])
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        let texts = Self.texts(of: message)
        return texts.count < Self.blockLimit && texts.allSatisfy { $0.utf16.count <= Self.sectionLimit }
    }

    /// The text of each section: the head, then the lines of a digest, as many to a section as it takes.
    private static func texts(of message: Message) -> [String] {
        var texts = [(["*\(message.headline)*"] + message.factLines).joined(separator: "\n")]
        var isFirst = true
        for line in message.lines {
            let text = "• \(line.text) `\(line.id)`"
            let last = texts[texts.count - 1]
            if isFirst || last.utf16.count + 1 + text.utf16.count > sectionLimit {
                texts.append(text)
            } else {
                texts[texts.count - 1] = "\(last)\n\(text)"
            }
            isFirst = false
        }
        return texts
    }

    // Verbatim: URLs, channels and users in names are not looked for.
    private static func section(_ text: String) -> JSONValue {
        ["type": "section", "text": ["type": "mrkdwn", "text": .string(text), "verbatim": true]]
    }

    private static func context(_ text: String) -> JSONValue {
        ["type": "context", "elements": [["type": "mrkdwn", "text": .string(text), "verbatim": true]]]
    }

    /// An answer counts only with status 200 and the body `ok`; Rocket.Chat says `{"success":true}` instead. The texts of
    /// refusals are those of Slack's documentation of incoming webhooks.
    package func verdict(on reply: Reply) -> Verdict {
        let text = String(decoding: reply.body.prefix(200), as: UTF8.self)
        switch (reply.status, text) {
        case (200, "ok"):
            return Verdict(.delivered, rule: "Slack answered ok")
        case (200, _) where reply.json?["success"] == .bool(true):
            return Verdict(.delivered, rule: "Rocket.Chat answered success")
        case (200..<300, _):
            return reply.unreadable(by: "Slack")
        case (400, _) where text.hasPrefix("invalid_payload"):
            return Verdict(.rejected, rule: "Slack refused: invalid_payload")
        case (403, "action_prohibited"), (404, "channel_not_found"), (404, "no_service"):
            return Verdict(.rejected, rule: "Slack refused: \(text)")
        case (410, "channel_is_archived"):
            return Verdict(.gone, rule: "Slack refused: channel_is_archived")
        default:
            return .byStatus(reply)
        }
    }
}
