import Deliveries
import Time

/// A try that is recorded and may go out.
struct OpenAttempt: Sendable, Equatable {
    var delivery: Delivery
    var number: Int
    var startedAt: Timestamp
}
