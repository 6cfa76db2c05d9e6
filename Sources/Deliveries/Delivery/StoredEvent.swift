package import Chats
import JSON

/// An event in its stored form. The bytes are the truth: every copy that is ever sent in the `standard` format is these.
package struct StoredEvent: Sendable, Equatable {
    package var id: String
    package var body: [UInt8]

    package init(id: String, body: [UInt8]) {
        self.id = id
        self.body = body
    }

    package init(_ event: Event) {
        self.init(id: event.id, body: JSONValue.object(event.json).serialized())
    }

    /// Nil only when the stored bytes are damaged.
    package func decoded() -> Event? {
        (try? JSONParser.parse(body))?.objectValue.flatMap(Event.init(json:))
    }
}
