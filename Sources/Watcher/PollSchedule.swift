package import Time

/// When which chat is polled: a value that is told what happened and says what to do, with no clock of its own.
package protocol PollSchedule: Sendable {
    /// Adds a chat; it is due for its first poll as soon as its turn comes.
    mutating func add(_ chat: String, at now: Timestamp)

    /// Never polls a chat again.
    mutating func remove(_ chat: String)

    /// Lets a chat be the next to be polled, whatever its turn.
    mutating func hasten(_ chat: String, at now: Timestamp)

    /// What to do now. A chat that is handed out is out of the schedule until `finished` brings it back.
    mutating func next(at now: Timestamp) -> PollDecision

    /// A poll ended; the chat may be polled again after `backoff`, or in its ordinary turn without one.
    mutating func finished(_ chat: String, outcome: PollOutcome, backoff: Duration?, at now: Timestamp)
}

package enum PollDecision: Sendable, Equatable {
    case poll(String)
    /// Nothing before this time.
    case wait(until: Timestamp)
    /// Nothing until a chat is added or comes back.
    case idle
}

/// What a poll taught, as far as a schedule learns from it.
package enum PollOutcome: Sendable, Equatable {
    case changed, unchanged, failed
}
