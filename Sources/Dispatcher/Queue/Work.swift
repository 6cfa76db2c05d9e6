import Deliveries
import Store

/// What an `EndpointQueue` wants done, in this order: the entry recorded, the requests sent, the transitions announced, the
/// state saved, the lanes expedited.
struct Work: Sendable, Equatable {
    var entry = LedgerEntry()
    /// What carries the tries that `entry` starts.
    var requests: [OpenRequest] = []
    /// The ids of the events whose deliveries `entry` settles, in its order.
    var settledEvents: [String] = []
    var transitions: [Transition] = []
    var state: EndpointState?
    /// The endpoint whose lanes are all to be made due.
    var expedited: Int64?
}
