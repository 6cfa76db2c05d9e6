import Deliveries
import Store
import Time

/// Events that wait for endpoints, a delivery each.
struct Backlog {
    var events: Int
    var chats: Int
    var ordering: Ordering
    var endpoints: [String]

    /// How many commits wait for the writer together.
    private static let atOnce = 500

    func write(to file: String) async throws {
        let store = try await SQLiteStore.open(path: file)
        _ = try await store.recover(at: SystemTime.wall)
        _ = try await store.register(endpoints: endpoints)
        let subscriptions = Subscriptions(endpoints.map { Endpoint.named($0, ordering) })
        // In the past, so that all of it is due.
        let start = SystemTime.wall - .seconds(3600)
        var chronicles = (0..<chats).map { Chronicle($0, from: start) }
        var written = 0
        while written < events {
            for first in stride(from: 0, to: chats, by: Self.atOnce) where written < events {
                let end = min(first + Self.atOnce, chats, first + events - written)
                let advances = (first..<end).compactMap { chronicles[$0].next() }
                try await withThrowingTaskGroup { group in
                    for advance in advances {
                        group.addTask { try await store.commit(advance, to: subscriptions) }
                    }
                    try await group.waitForAll()
                }
                written += advances.count
            }
        }
        await store.close()
    }
}
