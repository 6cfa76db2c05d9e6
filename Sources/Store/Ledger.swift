package import Deliveries
package import Time

/// What a dispatcher asks for.
package struct ClaimRequest: Sendable, Equatable {
    package var endpoint: Int64
    /// Lanes whose due time is not after this.
    package var now: Timestamp
    /// Lanes to return at most.
    package var lanes: Int
    /// Deliveries of one lane to return at most.
    package var perLane: Int
    /// Lanes that the dispatcher holds and that are not to be returned.
    package var held: Set<Lane>

    package init(endpoint: Int64, now: Timestamp, lanes: Int, perLane: Int, held: Set<Lane>) {
        self.endpoint = endpoint
        self.now = now
        self.lanes = lanes
        self.perLane = perLane
        self.held = held
    }
}

/// What a dispatcher gets.
package struct Claim: Sendable, Equatable {
    package struct ClaimedLane: Sendable, Equatable {
        package var lane: Lane
        /// The time by which the lane is filed; handed back with every outcome.
        package var due: Timestamp
        /// At least one, in order.
        package var deliveries: [Delivery]

        package init(lane: Lane, due: Timestamp, deliveries: [Delivery]) {
            self.lane = lane
            self.due = due
            self.deliveries = deliveries
        }
    }

    package var lanes: [ClaimedLane]
    /// When the next lane that is not held falls due; nil when there is none, or when more are due now than were asked for.
    package var nextDue: Timestamp?
    /// More lanes are due now than were asked for.
    package var hasMore: Bool

    package init(lanes: [ClaimedLane], nextDue: Timestamp?, hasMore: Bool) {
        self.lanes = lanes
        self.nextDue = nextDue
        self.hasMore = hasMore
    }
}

/// Tries about to be sent and tries that ended, recorded together.
package struct LedgerEntry: Sendable, Equatable {
    package struct Start: Sendable, Equatable {
        package var delivery: DeliveryKey
        /// The number of the try, one more than the tries recorded before.
        package var number: Int
        package var at: Timestamp

        package init(delivery: DeliveryKey, number: Int, at: Timestamp) {
            self.delivery = delivery
            self.number = number
            self.at = at
        }
    }

    package struct Outcome: Sendable, Equatable {
        package var delivery: DeliveryKey
        /// The due time under which the delivery's lane was claimed.
        package var laneDue: Timestamp
        /// Nil when it ended without a try, by its age.
        package var attempt: Attempt?
        package var resolution: Resolution
        package var at: Timestamp

        package init(
            delivery: DeliveryKey, laneDue: Timestamp, attempt: Attempt?, resolution: Resolution, at: Timestamp
        ) {
            self.delivery = delivery
            self.laneDue = laneDue
            self.attempt = attempt
            self.resolution = resolution
            self.at = at
        }
    }

    package enum Resolution: Sendable, Equatable {
        case delivered
        case dead(reason: String)
        /// Stays; its lane is filed under the new due time, and `failures` is what now counts against the schedule.
        case retry(at: Timestamp, failures: Int)
    }

    package var starts: [Start]
    package var outcomes: [Outcome]

    package init(starts: [Start] = [], outcomes: [Outcome] = []) {
        self.starts = starts
        self.outcomes = outcomes
    }

    package var isEmpty: Bool { starts.isEmpty && outcomes.isEmpty }
}

/// What a start found of the process before.
package struct Recovery: Sendable, Equatable {
    /// Tries that had been recorded but whose outcome is not known.
    package var openAttempts: Int
    package var pendingDeliveries: Int
    /// The newest instant that the store has recorded.
    package var newestTimestamp: Timestamp?

    package init(openAttempts: Int, pendingDeliveries: Int, newestTimestamp: Timestamp?) {
        self.openAttempts = openAttempts
        self.pendingDeliveries = pendingDeliveries
        self.newestTimestamp = newestTimestamp
    }
}
