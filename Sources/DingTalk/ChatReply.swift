import Chats
import JSON

/// The body of `chat/get`.
enum ChatReply {
    /// Reads every known field of `chat_info` and passes over the rest. A field of a type that cannot be understood, a
    /// missing or empty `chat_info`, or the answer about another chat make the whole answer unreadable: half an answer must not
    /// be taken for a change.
    static func snapshot(of chat: String, in object: JSONObject) throws(CallError) -> Snapshot {
        guard let info = object["chat_info"]?.objectValue else {
            throw contradicting("the answer has no chat_info")
        }
        if let answered = info["chatid"]?.stringValue, answered != chat {
            throw contradicting("the answer is about another chat, \(answered)")
        }
        var snapshot = Snapshot()
        for setting in Setting.allCases {
            snapshot[setting] = try field(setting.rawValue, of: info, as: \.lenientInteger)
        }
        for label in Label.allCases {
            snapshot[label] = try field(label.rawValue, of: info, as: \.stringValue)
        }
        for roster in Roster.allCases {
            snapshot[roster] = try field(roster.rawValue, of: info, as: \.lenientStrings)
        }
        guard snapshot != Snapshot() else { throw contradicting("chat_info is empty") }
        // A group has its owner for a member at least, and of a dismissed one that it is dismissed is what there is to tell.
        // Taken at its word, an empty list would tell of everybody leaving, and later of everybody joining.
        if snapshot[.members] == [] { snapshot[.members] = nil }
        return snapshot
    }

    /// Nil for a missing key and for `null`.
    private static func field<Value>(
        _ name: String, of info: JSONObject, as read: (JSONValue) -> Value?
    ) throws(CallError) -> Value? {
        guard let raw = info[name], raw != .null else { return nil }
        guard let value = read(raw) else { throw contradicting("\(name) is not of the documented type") }
        return value
    }

    private static func contradicting(_ text: String) -> CallError {
        .unreadable(Unreadable(.content, text))
    }
}
