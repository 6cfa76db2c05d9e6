import JSON

/// What a push says, as far as it matters: of which chats it tells.
struct CallbackMessage: Sendable, Equatable {
    /// `chat_add_member`, or `check_url` when the platform only tries the address; empty when it is not said.
    var type: String
    /// In the order of their appearance. Empty for a change of the owner, which names no chat: such a change waits for its
    /// poll, for hinting every chat would spend the month's calls on guesses.
    var chats: [String]

    /// Nil when it is no JSON.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONParser.parse(bytes) else { return nil }
        type = value["EventType"]?.stringValue ?? value["eventType"]?.stringValue ?? ""
        chats = []
        collect(value, depth: 0)
    }

    /// Documents and recordings disagree on the key's spelling and on where it stands; some put the event, as JSON in a
    /// string, into another one.
    private mutating func collect(_ value: JSONValue, depth: Int) {
        guard depth < 8 else { return }
        switch value {
        case .object(let object):
            for (key, value) in object {
                if key.lowercased() == "chatid", let chat = value.stringValue, !chat.isEmpty {
                    if !chats.contains(chat) { chats.append(chat) }
                } else {
                    collect(value, depth: depth + 1)
                }
            }
        case .array(let array):
            for value in array { collect(value, depth: depth + 1) }
        case .string(let text) where text.hasPrefix("{") || text.hasPrefix("["):
            if let value = try? JSONParser.parse(text) { collect(value, depth: depth + 1) }
        default: break
        }
    }
}
