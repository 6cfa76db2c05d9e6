import Chats
import Deliveries
import Store
import Time

/// What the store keeps.
struct Ledgers: Sendable {
    /// Those of one chat in their order.
    var events: [Event] = []
    var deliveries: [DeliveryName: DeliveryRecord] = [:]
    var snapshots: [String: Snapshot] = [:]

    init() {}

    init(of store: any Store) async throws(StoreError) {
        events = try await store.events(EventQuery(after: 0, limit: .max)).compactMap { $0.event.decoded() }
        for record in try await store.deliveries(DeliveryQuery(limit: .max)) {
            deliveries[DeliveryName(endpoint: record.endpoint, event: record.eventID)] = record
        }
        for chat in try await store.chats(ChatQuery(includesSnapshots: true, limit: .max)) {
            snapshots[chat.id] = chat.snapshot
        }
    }

    /// What is here and not there: events and their deliveries.
    func without(_ others: Ledgers) -> Ledgers {
        let left = Set(others.events.map(\.id))
        var gone = Ledgers()
        gone.events = events.filter { !left.contains($0.id) }
        gone.deliveries = deliveries.filter { !left.contains($0.key.event) }
        return gone
    }

    /// These and those that were kept before.
    func joined(with others: Ledgers) -> Ledgers {
        var whole = self
        whole.events = (others.events + events).sorted {
            ($0.chat?.id ?? "", $0.sequence) < ($1.chat?.id ?? "", $1.sequence)
        }
        whole.deliveries.merge(others.deliveries) { kept, _ in kept }
        return whole
    }
}
