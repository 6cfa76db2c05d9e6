import Deliveries
import JSON
import Store

/// An event as it is stored and sent.
struct EventResource: Representable {
    var record: EventRecord

    /// Null only when the stored bytes are damaged.
    var json: JSONValue {
        (try? JSONParser.parse(record.event.body)) ?? .null
    }

    static let members: [(name: String, schema: Schema)] = [
        ("id", .string), ("type", .string), ("timestamp", .time),
        ("data", .object.described("Chat, sequence, observation and change.")),
    ]

    static let schema = Schema.object(members, required: members.map(\.name)).named("Event")
}
