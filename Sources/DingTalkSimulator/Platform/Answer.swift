import JSON

/// What to send back to a call, and how long to hold it back.
package struct Answer: Sendable {
    package enum Outcome: Sendable, Equatable {
        case reply(status: Int, contentType: String, body: [UInt8])
        /// The connection is closed without an answer.
        case close
    }

    package var delay: Duration = .zero
    package var outcome: Outcome

    /// A reply of already encoded JSON.
    static func json(_ body: [UInt8], status: Int = 200) -> Answer {
        Answer(outcome: .reply(status: status, contentType: "application/json", body: body))
    }

    static func json(_ body: JSONValue, status: Int = 200) -> Answer {
        json(body.serialized(), status: status)
    }
}
