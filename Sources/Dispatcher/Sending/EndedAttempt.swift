import Deliveries

/// A try that came to an end and was judged.
struct EndedAttempt: Sendable, Equatable {
    var delivery: Delivery
    var attempt: Attempt
    var verdict: Verdict
}
