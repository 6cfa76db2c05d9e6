package import JSON
package import Time

/// One change that really happened in the simulated organization: what a watcher's events are judged against.
package struct RecordedChange: Sendable, Equatable {
    /// Counts from 1 over all chats, without gaps.
    package let number: Int
    package let chat: String
    package let time: Timestamp
    package let field: ChatField
    package let difference: Difference

    /// `number`, `chat`, `time`, `field`, then `from` and `to`, or for lists `added` and `removed`.
    package var json: JSONValue {
        var object: JSONObject = [
            "number": .integer(Int64(number)), "chat": .string(chat), "time": .string(time.description),
            "field": .string(field.rawValue),
        ]
        switch difference {
        case .value(let old, let new):
            object["from"] = old
            object["to"] = new
        case .members(let added, let removed):
            object["added"] = .array(added.map(JSONValue.string))
            object["removed"] = .array(removed.map(JSONValue.string))
        }
        return .object(object)
    }
}
