import Deliveries

/// The deliveries that were judged last, for whoever follows. It holds so many and no more: a reader that falls behind skips.
struct RecentDeliveries: Sendable {
    static let capacity = 256

    private var ring: [DeliveryID] = []
    /// How many there ever were; the place behind the newest.
    private(set) var count = 0

    mutating func append(_ id: DeliveryID) {
        if ring.count < Self.capacity {
            ring.append(id)
        } else {
            ring[count % Self.capacity] = id
        }
        count += 1
    }

    /// At most `limit` of those from a place on, or from the oldest that is left, and the place to go on from. An id that
    /// comes twice is given once: what is shown is how it stands now.
    func from(_ place: Int, limit: Int) -> (ids: [DeliveryID], next: Int) {
        let first = max(place, count - ring.count)
        let end = min(first + max(limit, 0), count)
        guard first < end else { return ([], max(place, first)) }
        var ids: [DeliveryID] = []
        for place in first..<end {
            let id = ring[place % Self.capacity]
            if !ids.contains(id) { ids.append(id) }
        }
        return (ids, end)
    }
}
