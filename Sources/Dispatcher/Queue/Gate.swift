import Time

/// Whether an endpoint may be sent to.
enum Gate: Sendable, Equatable {
    case open
    /// The breaker is open, and its time has come: one delivery may go to see.
    case probe
    /// That one is out.
    case probing
    case closedUntil(Timestamp)
    /// Until something happens: paused, disabled, stopping, or every permit is out.
    case closed
}
