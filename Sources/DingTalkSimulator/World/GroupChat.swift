package import JSON

/// One group chat as the platform knows it, with its encoded reply kept until the chat changes.
package struct GroupChat: Sendable {
    package let id: String
    /// How often this chat changes, relative to the others.
    let activity: Double
    private var values: [ChatField: JSONValue]
    private var encoded: [UInt8]?

    init(id: String, activity: Double, values: [ChatField: JSONValue]) {
        self.id = id
        self.activity = activity
        self.values = values
        self.values[.chatid] = .string(id)
    }

    package subscript(field: ChatField) -> JSONValue? {
        values[field]
    }

    package func members(of field: ChatField) -> [String] {
        values[field].flatMap(ChatField.list) ?? []
    }

    var isDismissed: Bool {
        values[.status].flatMap(ChatField.number) == 2
    }

    /// The `chat_info` object.
    package var info: JSONObject {
        var object = JSONObject()
        for field in ChatField.allCases {
            object[field.rawValue] = values[field]
        }
        return object
    }

    /// The body of a successful `chat/get`.
    mutating func reply() -> [UInt8] {
        if let encoded { return encoded }
        let body: JSONValue = ["errcode": 0, "errmsg": "ok", "chat_info": .object(info)]
        let bytes = body.serialized()
        encoded = bytes
        return bytes
    }

    /// Applies all edits and returns what really changed, in the fields' order.
    mutating func apply(_ edits: ChatEdits) -> [(field: ChatField, difference: Difference)] {
        var differences: [(field: ChatField, difference: Difference)] = []
        for field in ChatField.allCases {
            guard let edit = edits[field] else { continue }
            let old = values[field]
            let new = edit.result(on: old)
            guard new != old else { continue }
            values[field] = new
            encoded = nil
            if let difference = Difference(of: field, from: old, to: new) {
                differences.append((field, difference))
            }
        }
        return differences
    }
}
