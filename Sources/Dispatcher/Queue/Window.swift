import Deliveries
import Store

/// The part of an endpoint's backlog that is in memory: some lanes, and the first deliveries of each. What it may hold is
/// the same however long the backlog is.
struct Window: Sendable {
    /// Deliveries of one lane at most.
    static let perLane = 16

    /// Lanes at most: enough that all sends are busy while the next lanes are being claimed.
    let capacity: Int
    private var held: [Lane: HeldLane] = [:]
    /// Lanes whose first delivery may go, in the order in which they became ready.
    private var ready = Fifo<Lane>()

    init(concurrency: Int) {
        capacity = max(2 * concurrency, 64)
    }

    var lanes: Set<Lane> { Set(held.keys) }
    var room: Int { capacity - held.count }
    var hasReady: Bool { !ready.isEmpty }

    /// The lane whose turn it is.
    var next: (lane: Lane, delivery: Delivery)? {
        guard let lane = ready.first, let delivery = held[lane]?.first else { return nil }
        return (lane, delivery)
    }

    subscript(lane: Lane) -> HeldLane? { held[lane] }

    mutating func hold(_ claimed: Claim.ClaimedLane, perLane: Int, wakeUps: Int) {
        guard held[claimed.lane] == nil, !claimed.deliveries.isEmpty else { return }
        held[claimed.lane] = HeldLane(claimed, perLane: perLane, wakeUps: wakeUps)
        ready.append(claimed.lane)
    }

    /// The next lane's first delivery goes out.
    mutating func beginNext() {
        guard let lane = ready.popFirst() else { return }
        held[lane]?.isBusy = true
    }

    /// The next lane's first delivery is done with, unsent. Returns the lane when that was the last that is known of it.
    mutating func dropNext() -> HeldLane? {
        guard let lane = ready.popFirst() else { return nil }
        return advance(lane)
    }

    /// The delivery in flight is done with and the lane goes on. Returns the lane when that was the last that is known of
    /// it; it is then held no more.
    mutating func advance(_ lane: Lane) -> HeldLane? {
        held[lane]?.isBusy = false
        held[lane]?.removeFirst()
        if held[lane]?.first != nil {
            ready.append(lane)
            return nil
        }
        return held.removeValue(forKey: lane)
    }

    mutating func release(_ lane: Lane) {
        held[lane] = nil
    }

    /// Lets go of all that is not in flight.
    mutating func releaseIdle() {
        ready.removeAll()
        held = held.filter { $0.value.isBusy }.mapValues { lane in
            var lane = lane
            lane.keepFirst()
            return lane
        }
    }
}
