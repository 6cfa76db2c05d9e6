import Deliveries
import Store
import Time

/// A lane that was claimed: what is known of it, in order.
struct HeldLane: Sendable {
    /// The due time that the store files it under.
    var due: Timestamp
    /// The store may have more of it than was claimed.
    private(set) var mayHaveMore: Bool
    /// How many wake-ups had come when it was claimed; one that came later may have been for this lane.
    let wakeUps: Int
    private var deliveries: [Delivery]
    private var head = 0
    /// How many from the head are in flight, all of them in one request.
    private var inFlight = 0

    init(_ claimed: Claim.ClaimedLane, perLane: Int, wakeUps: Int) {
        due = claimed.due
        deliveries = claimed.deliveries
        mayHaveMore = claimed.deliveries.count >= perLane
        self.wakeUps = wakeUps
    }

    /// Nothing else of the lane may go meanwhile.
    var isBusy: Bool { inFlight > 0 }
    var waiting: ArraySlice<Delivery> { deliveries[(head + inFlight)...] }
    var first: Delivery? { waiting.first }

    /// The first ones go out.
    mutating func begin(_ count: Int) {
        inFlight = count
    }

    /// What is in flight is done with.
    mutating func land() {
        head += inFlight
        inFlight = 0
    }

    /// The first is done with, unsent.
    mutating func dropFirst() {
        head += 1
    }

    /// Forgets what waits behind that which is in flight.
    mutating func forgetWaiting() {
        guard !waiting.isEmpty else { return }
        deliveries = Array(deliveries[head..<(head + inFlight)])
        head = 0
        mayHaveMore = true
    }
}
