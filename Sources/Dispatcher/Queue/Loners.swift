import Deliveries

/// Deliveries that must not be merged: one of those that were rejected together may be acceptable to nobody, the others are.
struct Loners: Sendable, Equatable {
    /// Whatever is forgotten may cost another rejected digest and loses nothing.
    private static let limit = 4096

    private var events: Set<Int64> = []

    func contains(_ delivery: Delivery) -> Bool {
        !events.isEmpty && events.contains(delivery.key.event)
    }

    mutating func insert(_ delivery: Delivery) {
        if events.count >= Self.limit { events.removeAll() }
        events.insert(delivery.key.event)
    }

    mutating func remove(_ delivery: Delivery) {
        if !events.isEmpty { events.remove(delivery.key.event) }
    }
}
