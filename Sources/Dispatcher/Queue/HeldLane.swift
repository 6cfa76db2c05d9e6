import Deliveries
import Store
import Time

/// A lane that was claimed: what is known of it, in order.
struct HeldLane: Sendable {
    /// The due time that the store filed it under.
    let due: Timestamp
    /// The store may have more of it than was claimed.
    private(set) var mayHaveMore: Bool
    /// How many wake-ups had come when it was claimed; one that came later may have been for this lane.
    let wakeUps: Int
    /// The first of the waiting ones is in flight.
    var isBusy = false
    private var deliveries: [Delivery]
    private var head = 0

    init(_ claimed: Claim.ClaimedLane, perLane: Int, wakeUps: Int) {
        due = claimed.due
        deliveries = claimed.deliveries
        mayHaveMore = claimed.deliveries.count >= perLane
        self.wakeUps = wakeUps
    }

    var first: Delivery? { head < deliveries.count ? deliveries[head] : nil }

    mutating func removeFirst() {
        head += 1
    }

    /// Forgets what waits behind the first.
    mutating func keepFirst() {
        guard head + 1 < deliveries.count else { return }
        deliveries = [deliveries[head]]
        head = 0
        mayHaveMore = true
    }
}
