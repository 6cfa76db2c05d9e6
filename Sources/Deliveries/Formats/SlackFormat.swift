import Chats
import JSON

/// Slack incoming webhooks: blocks for the client, a plain text for notifications.
///
/// An answer counts only with status 200 and the body `ok`; the texts of refusals are those of Slack's documentation of
/// incoming webhooks.
package struct SlackFormat: Format {
    /// Characters that a section's text may have.
    private static let sectionLimit = 3000

    package init() {}

    package var name: FormatName { .slack }

    package func payload(for event: StoredEvent) -> Payload {
        let wording = event.decoded().map(Wording.init)
        let headline = Self.escaped(wording?.headline ?? event.id)
        let detail = wording?.detail.map(Self.escaped)
        let text = ["*\(headline)*", detail].compactMap { $0 }.joined(separator: "\n")
        let message: JSONObject = [
            "text": .string([headline, detail].compactMap { $0 }.joined(separator: "\n")),
            "blocks": [
                [
                    "type": "section",
                    "text": ["type": "mrkdwn", "text": .string(String(text.prefix(Self.sectionLimit)))],
                ],
                ["type": "context", "elements": [["type": "mrkdwn", "text": .string("`\(event.id)`")]]],
            ],
        ]
        return Payload(id: event.id, contentType: "application/json", body: JSONValue.object(message).serialized())
    }

    package func verdict(on reply: Reply) -> Verdict {
        let text = String(decoding: reply.body.prefix(100), as: UTF8.self)
        switch (reply.status, text) {
        case (200, "ok"):
            return Verdict(.delivered, rule: "Slack answered ok")
        case (200, _):
            return Verdict(.retry(notBefore: nil), rule: "Slack answered 200 without ok")
        case (400, "invalid_payload"), (403, "action_prohibited"), (404, "channel_not_found"), (404, "no_service"):
            return Verdict(.rejected, rule: "Slack refused: \(text)")
        default:
            return .byStatus(reply)
        }
    }

    /// Slack's three control characters as entities, so that a name can neither link nor mention.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
