import Deliveries

/// A try that came to an end, as it is recorded.
struct EndedAttempt: Sendable, Equatable {
    var delivery: Delivery
    var attempt: Attempt
}
