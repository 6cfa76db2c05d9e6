package import Chats
package import Deliveries
package import Time

/// Which events; newest first, but oldest first behind `after`. Times bound when an event happened: `since` ... less than
/// `until`.
package struct EventQuery: Sendable, Equatable {
    package var chat: String?
    package var type: Filter.Pattern?
    package var since: Timestamp?
    package var until: Timestamp?
    /// Only events with a smaller number: the last one of the page before.
    package var before: Int64?
    /// Only events with a greater number, oldest first: what came since, for streams.
    package var after: Int64?
    package var limit: Int

    package init(
        chat: String? = nil, type: Filter.Pattern? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        before: Int64? = nil, after: Int64? = nil, limit: Int = 100
    ) {
        self.chat = chat
        self.type = type
        self.since = since
        self.until = until
        self.before = before
        self.after = after
        self.limit = limit
    }
}

package struct EventRecord: Sendable, Equatable {
    /// Rises with every event the store takes in.
    package var number: Int64
    package var event: StoredEvent

    package init(number: Int64, event: StoredEvent) {
        self.number = number
        self.event = event
    }
}

/// Which deliveries; newest event first, of one event in the order of the endpoints' numbers. Times bound when the event
/// happened: `since` ... less than `until`.
package struct DeliveryQuery: Sendable, Equatable {
    package var endpoint: String?
    package var state: DeliveryState?
    package var chat: String?
    package var type: Filter.Pattern?
    /// The event's number.
    package var event: Int64?
    package var since: Timestamp?
    package var until: Timestamp?
    /// Only deliveries behind this one.
    package var after: DeliveryID?
    package var limit: Int

    package init(
        endpoint: String? = nil, state: DeliveryState? = nil, chat: String? = nil, type: Filter.Pattern? = nil,
        event: Int64? = nil, since: Timestamp? = nil, until: Timestamp? = nil, after: DeliveryID? = nil,
        limit: Int = 100
    ) {
        self.endpoint = endpoint
        self.state = state
        self.chat = chat
        self.type = type
        self.event = event
        self.since = since
        self.until = until
        self.after = after
        self.limit = limit
    }
}

package enum DeliveryState: String, Sendable, CaseIterable {
    case pending, delivered, dead
}

package struct DeliveryRecord: Sendable, Equatable {
    package var id: DeliveryID
    package var endpoint: String
    package var eventID: String
    package var chat: String?
    package var type: EventType
    package var state: DeliveryState
    package var queuedAt: Timestamp
    package var attempts: Int
    /// Pending: when its lane is due. Finished: when it was.
    package var dueOrFinishedAt: Timestamp
    /// Why it is dead.
    package var reason: String?

    package init(
        id: DeliveryID, endpoint: String, eventID: String, chat: String?, type: EventType, state: DeliveryState,
        queuedAt: Timestamp, attempts: Int, dueOrFinishedAt: Timestamp, reason: String?
    ) {
        self.id = id
        self.endpoint = endpoint
        self.eventID = eventID
        self.chat = chat
        self.type = type
        self.state = state
        self.queuedAt = queuedAt
        self.attempts = attempts
        self.dueOrFinishedAt = dueOrFinishedAt
        self.reason = reason
    }
}

/// Which finished deliveries are to be sent again. What is pending or unknown is passed over. Times bound when the event
/// happened: `since` ... less than `until`.
package enum ReplaySelection: Sendable, Equatable {
    case deliveries([DeliveryID])
    case endpoint(String, state: DeliveryState, since: Timestamp?, until: Timestamp?)
}
