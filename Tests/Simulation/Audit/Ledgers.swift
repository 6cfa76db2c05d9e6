import Chats
import Deliveries
import Store
import Time

/// All that the store keeps in the end.
struct Ledgers: Sendable {
    /// By their numbers.
    var events: [Event] = []
    var deliveries: [DeliveryName: DeliveryRecord] = [:]
    var snapshots: [String: Snapshot] = [:]

    init(of store: any Store) async throws(StoreError) {
        events = try await store.events(EventQuery(after: 0, limit: .max)).compactMap { $0.event.decoded() }
        for record in try await store.deliveries(DeliveryQuery(limit: .max)) {
            deliveries[DeliveryName(endpoint: record.endpoint, event: record.eventID)] = record
        }
        for chat in try await store.chats(ChatQuery(includesSnapshots: true, limit: .max)) {
            snapshots[chat.id] = chat.snapshot
        }
    }
}
