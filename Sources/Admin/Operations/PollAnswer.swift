import JSON
package import Time

/// What came of asking for a poll of one chat.
package enum PollAnswer: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case changed, unchanged, failed
    }

    /// It was polled. `events`: the ids of what was seen, in order.
    case polled(Outcome, detail: String, events: [String])
    /// It will be polled, but not within the time that a caller waits.
    case queued(notBefore: Timestamp)
    case unknownChat
    /// The month's calls are spent; `until` is when the next ones come.
    case callsSpent(until: Timestamp?)
}
