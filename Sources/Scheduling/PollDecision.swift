package import Time

/// What a schedule says is to be done now.
package enum PollDecision: Sendable, Equatable {
    case poll(String)
    /// Nothing before this time.
    case wait(until: Timestamp)
    /// Nothing until a chat is added or comes back.
    case idle
}
