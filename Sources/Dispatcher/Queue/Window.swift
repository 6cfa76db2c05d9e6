import Deliveries
import Store
import Time

/// The part of an endpoint's backlog that is in memory: some lanes, and the first deliveries of each. What it may hold is
/// the same however long the backlog is.
struct Window: Sendable {
    /// Deliveries of one lane at most, where each goes by itself.
    static let perLane = 16
    /// What one claim for a digest may bring: about as much as a full window.
    static let claimSize = 1024

    /// Lanes at most: enough that all sends are busy while the next lanes are being claimed.
    let capacity: Int
    private var held: [Lane: HeldLane] = [:]
    /// Lanes whose first delivery may go, in the order in which they became ready.
    private var ready = Fifo<Lane>()

    /// - `digestLimit`: how many deliveries a message may hold, each of them perhaps of a lane of its own.
    init(concurrency: Int, digestLimit: Int = 0) {
        capacity = max(2 * concurrency, 64, 2 * digestLimit)
    }

    var lanes: Set<Lane> { Set(held.keys) }
    var room: Int { capacity - held.count }
    var hasReady: Bool { !ready.isEmpty }
    /// Whether anything waits besides what is in flight, be it behind that or still in the store.
    var hasMoreToSend: Bool { held.values.contains { !$0.waiting.isEmpty || $0.mayHaveMore } }
    /// Deliveries of the lanes that are ready.
    var waitingCount: Int { ready.all.reduce(0) { $0 + (held[$1]?.waiting.count ?? 0) } }

    /// The lane whose turn it is.
    var next: (lane: Lane, delivery: Delivery)? {
        guard let lane = ready.first, let delivery = held[lane]?.first else { return nil }
        return (lane, delivery)
    }

    subscript(lane: Lane) -> HeldLane? { held[lane] }

    /// What may go in one message: the lanes by the age of their first delivery, of each as many from the front as qualify.
    func front(limit: Int, while isSuitable: (Delivery) -> Bool) -> [Delivery] {
        let lanes = ready.all.compactMap { held[$0]?.waiting }.sorted { left, right in
            guard let left = left.first, let right = right.first else { return false }
            return (left.queuedAt, left.key.event) < (right.queuedAt, right.key.event)
        }
        var front: [Delivery] = []
        for lane in lanes where front.count < limit {
            front += lane.prefix(limit - front.count).prefix(while: isSuitable)
        }
        return front
    }

    mutating func hold(_ claimed: Claim.ClaimedLane, perLane: Int, wakeUps: Int) {
        guard held[claimed.lane] == nil, !claimed.deliveries.isEmpty else { return }
        held[claimed.lane] = HeldLane(claimed, perLane: perLane, wakeUps: wakeUps)
        ready.append(claimed.lane)
    }

    /// The next lane's first delivery goes out.
    mutating func beginNext() {
        guard let lane = ready.popFirst() else { return }
        held[lane]?.begin(1)
    }

    /// These go out together, each lane's from its front.
    mutating func begin(_ deliveries: some Sequence<Delivery>) {
        var counts: [Lane: Int] = [:]
        for delivery in deliveries { counts[delivery.key.lane, default: 0] += 1 }
        for (lane, count) in counts { held[lane]?.begin(count) }
        ready.removeAll { counts[$0] != nil }
    }

    /// The next lane's first delivery is done with, unsent; it stays the lane's turn. Returns the lane when that was the last
    /// that is known of it.
    mutating func dropNext() -> HeldLane? {
        guard let lane = ready.first else { return nil }
        held[lane]?.dropFirst()
        guard held[lane]?.first == nil else { return nil }
        _ = ready.popFirst()
        return held.removeValue(forKey: lane)
    }

    /// What is in flight is done with and the lane goes on. Returns the lane when that was the last that is known of it; it
    /// is then held no more.
    mutating func advance(_ lane: Lane) -> HeldLane? {
        held[lane]?.land()
        guard held[lane]?.first == nil else {
            ready.append(lane)
            return nil
        }
        return held.removeValue(forKey: lane)
    }

    /// The lane's row in the store is filed under another time.
    mutating func file(_ lane: Lane, under due: Timestamp) {
        held[lane]?.due = due
    }

    mutating func release(_ lane: Lane) {
        held[lane] = nil
    }

    /// Lets go of all that is not in flight.
    mutating func releaseIdle() {
        ready.removeAll()
        held = held.filter { $0.value.isBusy }.mapValues { lane in
            var lane = lane
            lane.forgetWaiting()
            return lane
        }
    }
}
