import Time

/// Whether an endpoint may be sent to.
enum Gate: Sendable, Equatable {
    case open
    /// The breaker is open, and its time has come: one delivery may go to see.
    case probe
    /// That one is out.
    case probing
    case closedUntil(Timestamp)
    /// Paused, disabled or stopping.
    case closed
}
