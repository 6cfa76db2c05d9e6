import JSON

/// ntfy: the text as the body, title, priority and tags as headers; the endpoint's address is the topic's.
package struct NtfyFormat: MessageFormat {
    /// Bytes of a message; ntfy makes an attachment of anything longer.
    private static let messageLimit = 4096
    /// Bytes of the title before it is encoded, within what proxies take as a header.
    private static let titleLimit = 1024

    let language: Language

    package init(language: Language = .english) {
        self.language = language
    }

    package var name: FormatName { .ntfy }

    package var sendsObject: Bool { false }

    func escaped(_ text: String) -> String { text }

    func payload(of message: Message) -> Payload {
        let text = (message.factLines + message.digestLines + [message.id]).joined(separator: "\n")
        return Payload(
            id: message.id, contentType: "text/plain; charset=utf-8",
            headers: [
                Payload.Header(name: "title", value: EncodedWord.encode(message.headline)),
                Payload.Header(name: "priority", value: Self.priority(message.tone)),
                Payload.Header(name: "tags", value: Self.tag(message.tone)),
            ],
            body: Array(text.utf8))
    }

    func fits(_ message: Message, _ payload: Payload) -> Bool {
        payload.body.count <= Self.messageLimit && message.headline.utf8.count <= Self.titleLimit
    }

    /// Of five, three is the usual one.
    private static func priority(_ tone: Wording.Tone) -> String {
        switch tone {
        case .good, .neutral: "3"
        case .warning: "4"
        case .bad: "5"
        }
    }

    /// ntfy's short names of emoji.
    private static func tag(_ tone: Wording.Tone) -> String {
        switch tone {
        case .good: "white_check_mark"
        case .neutral: "bell"
        case .warning: "warning"
        case .bad: "rotating_light"
        }
    }

    package func verdict(on reply: Reply) -> Verdict {
        switch reply.status {
        case 200 where reply.json?["id"]?.stringValue != nil:
            Verdict(.delivered, rule: "ntfy answered 200 with the message")
        case 200..<300: reply.unreadable(by: "ntfy")
        case 400, 413: Verdict(.rejected, rule: "ntfy refused the message: status \(reply.status) \(reply.excerpt)")
        default: .byStatus(reply)
        }
    }
}
