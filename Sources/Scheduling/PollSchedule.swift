package import Time

/// When which chat is polled: a value that is told what happened and says what to do, with no clock of its own.
package protocol PollSchedule: Sendable {
    /// Adds a chat; one of which nothing is remembered is read once, soon.
    mutating func add(_ chat: String, _ terms: PollTerms, learned: LearnedRate?, at now: Timestamp)

    /// Never polls a chat again.
    mutating func remove(_ chat: String)

    /// Lets a chat be the next to be polled, whatever its turn. Many hints of one chat are one poll.
    mutating func hasten(_ chat: String, at now: Timestamp)

    /// What to do now. A chat that is handed out is out of the schedule until `finished` brings it back.
    mutating func next(at now: Timestamp) -> PollDecision

    /// A poll ended; the chat may be polled again after `backoff`, or in its ordinary turn without one.
    mutating func finished(_ chat: String, outcome: PollOutcome, backoff: Duration?, at now: Timestamp)
}

extension PollSchedule {
    /// Adds a chat on ordinary terms.
    package mutating func add(_ chat: String, at now: Timestamp) {
        add(chat, PollTerms(), learned: nil, at: now)
    }
}

package enum PollDecision: Sendable, Equatable {
    case poll(String)
    /// Nothing before this time.
    case wait(until: Timestamp)
    /// Nothing until a chat is added or comes back.
    case idle
}

/// What a poll taught, as far as a schedule learns from it, and whether the platform counted the call.
package enum PollOutcome: Sendable, Equatable {
    case changed, unchanged
    /// Answered with a refusal, which is counted like any other call.
    case refused
    /// Throttled, or lost on the network: not counted.
    case uncounted
    /// The month's calls are spent, whatever our own count says.
    case quotaSpent

    var isSuccess: Bool { self == .changed || self == .unchanged }
}
