/// A message ready to be signed: the bytes that will be sent, and what they are.
package struct Payload: Sendable, Equatable {
    /// The event's id, sent as `webhook-id` in every format.
    package var id: String
    package var contentType: String
    package var body: [UInt8]

    package init(id: String, contentType: String, body: [UInt8]) {
        self.id = id
        self.contentType = contentType
        self.body = body
    }
}
