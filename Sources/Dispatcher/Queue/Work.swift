import Deliveries
import Store
import Time

/// What an `EndpointQueue` wants done, in this order: the entry recorded, the requests sent, the transitions announced, the
/// state saved, the lanes expedited.
struct Work: Sendable, Equatable {
    var entry = LedgerEntry()
    /// What carries the tries that `entry` starts.
    var requests: [OpenRequest] = []
    /// Whether requests that are not on the wire yet are to be taken back.
    var recalls = false
    /// Whose deliveries `entry` settles, in its order.
    var settled: [Settled] = []
    var transitions: [Transition] = []
    var state: EndpointState?
    /// The endpoint whose lanes are all to be made due.
    var expedited: Int64?
}

/// What is told of a delivery that is settled, besides its outcome.
struct Settled: Sendable, Equatable {
    var event: String
    /// When the poll saw it.
    var queuedAt: Timestamp
}
