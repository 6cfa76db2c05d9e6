import Chats
import Deliveries
import JSON
import Time

/// An advance in the form in which its rows hold it.
struct StoredAdvance: Sendable {
    var state: ChatState
    /// The snapshot; nil without one.
    var snapshot: [UInt8]?
    var events: [NewEvent]

    init(_ advance: Advance, to subscriptions: Subscriptions) {
        state = advance.state
        snapshot = advance.state.snapshot.map { JSONValue.object($0.json).serialized() }
        events = advance.events.map { NewEvent($0, to: subscriptions) }
    }
}

/// An event that is yet to be stored, and who hears of it.
struct NewEvent: Sendable {
    var id: String
    var type: String
    var sequence: Int
    var timestamp: Timestamp
    var body: [UInt8]
    var recipients: [Subscriptions.Recipient]

    init(_ event: Event, to subscriptions: Subscriptions) {
        id = event.id
        type = event.type.rawValue
        sequence = event.sequence
        timestamp = event.timestamp
        body = StoredEvent(event).body
        recipients = subscriptions.recipients(of: event)
    }
}
