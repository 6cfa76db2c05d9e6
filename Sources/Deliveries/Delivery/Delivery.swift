package import Time

/// One event for one endpoint, waiting to be sent.
package struct Delivery: Sendable, Equatable {
    package var key: DeliveryKey
    package var event: StoredEvent
    package var queuedAt: Timestamp
    /// Tries recorded so far, whatever came of them.
    package var attempts: Int
    /// Tries that failed and count against the retry schedule.
    package var failures: Int

    package init(key: DeliveryKey, event: StoredEvent, queuedAt: Timestamp, attempts: Int, failures: Int) {
        self.key = key
        self.event = event
        self.queuedAt = queuedAt
        self.attempts = attempts
        self.failures = failures
    }
}

/// Where a delivery stands in the queue: numbers of the store's own making.
package struct DeliveryKey: Sendable, Hashable {
    package var endpoint: Int64
    package var lane: Lane
    package var event: Int64

    package init(endpoint: Int64, lane: Lane, event: Int64) {
        self.endpoint = endpoint
        self.lane = lane
        self.event = event
    }

    /// `dlv_17_2`: the event's and the endpoint's number. The lane follows from them.
    package var id: String { DeliveryID(event: event, endpoint: endpoint).description }
}

/// A delivery's name for people and programs.
package struct DeliveryID: Sendable, Hashable, CustomStringConvertible {
    package var event: Int64
    package var endpoint: Int64

    package init(event: Int64, endpoint: Int64) {
        self.event = event
        self.endpoint = endpoint
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "dlv", let event = Int64(parts[1]), let endpoint = Int64(parts[2]) else {
            return nil
        }
        self.init(event: event, endpoint: endpoint)
    }

    package var description: String { "dlv_\(event)_\(endpoint)" }
}
