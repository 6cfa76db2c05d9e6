/// A message ready to be signed: the bytes that will be sent, and what they are.
package struct Payload: Sendable, Equatable {
    /// A header that belongs to the message, such as `ce-id`.
    package struct Header: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The event's id, sent as `webhook-id` in every format.
    package var id: String
    /// The event's type, for schemes that tell it in a header; empty where there is none.
    package var type: String
    package var contentType: String
    /// Besides the content type; values hold no control characters.
    package var headers: [Header]
    package var body: [UInt8]

    package init(id: String, type: String = "", contentType: String, headers: [Header] = [], body: [UInt8]) {
        self.id = id
        self.type = type
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }
}
