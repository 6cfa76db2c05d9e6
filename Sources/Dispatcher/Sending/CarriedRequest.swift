import Deliveries

/// A request that was on the wire, and what came of it, yet to be judged.
struct CarriedRequest: Sendable {
    var open: OpenRequest
    /// Nil when it was cut off: its tries then stay recorded as open.
    var exchange: Exchange?
    var duration: Duration
}
