import JSON

/// A member of `chat_info`, in the order in which replies carry them.
package enum ChatField: String, CaseIterable, Sendable {
    case chatid, name, owner, useridlist, extidlist, agentidlist, conversationTag, chatBannedType, searchable
    case validationType, mentionAllAuthority, managementType, showHistoryType, icon, status

    enum Kind: String {
        case text = "a string"
        case number = "a number"
        case list = "a list of strings"
    }

    var kind: Kind {
        switch self {
        case .chatid, .name, .owner, .icon: .text
        case .useridlist, .extidlist, .agentidlist: .list
        case .conversationTag, .chatBannedType, .searchable, .validationType, .mentionAllAuthority, .managementType,
            .showHistoryType, .status:
            .number
        }
    }

    /// Whether the platform could send this. Numbers may be written as strings and lists be wrapped in `{"string":[…]}`,
    /// because both are seen on the wire.
    func accepts(_ value: JSONValue) -> Bool {
        switch kind {
        case .text: value.stringValue != nil
        case .number: Self.number(value) != nil
        case .list: Self.list(value) != nil
        }
    }

    static func number(_ value: JSONValue) -> Int64? {
        value.integerValue ?? value.stringValue.flatMap { Int64($0) }
    }

    static func list(_ value: JSONValue) -> [String]? {
        guard let entries = value.arrayValue ?? value["string"]?.arrayValue else { return nil }
        let texts = entries.compactMap(\.stringValue)
        return texts.count == entries.count ? texts : nil
    }
}
