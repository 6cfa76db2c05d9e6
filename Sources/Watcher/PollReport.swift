package import Time

/// What one poll brought, for whoever asked for it.
package struct PollReport: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case changed, unchanged, failed
    }

    package var outcome: Outcome
    /// For people.
    package var detail: String
    /// The ids of the events that came of it.
    package var events: [String]

    package init(_ outcome: Outcome, detail: String, events: [String] = []) {
        self.outcome = outcome
        self.detail = detail
        self.events = events
    }
}

/// What became of the wish to poll a chat now.
package enum PollAnswer: Sendable, Equatable {
    case polled(PollReport)
    /// It is next, but not before this time (nil: soon).
    case queued(notBefore: Timestamp?)
    /// The month's calls are spent.
    case spent(until: Timestamp)
    case unknownChat
}
