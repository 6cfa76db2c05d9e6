import Admin
import Chats
import Deliveries
import Store
import TestKit
import Time

/// A daemon with a memory store behind it, and words for what happens to it.
struct Scene: Sendable {
    let operations: FakeOperations
    let store: StoreScene
    let feed = Feed()

    /// Endpoints `ops` and `audit`, chats `chat0` and up, of which the first has the label "Board".
    init(chats count: Int = 3, endpoints: [Endpoint] = [.named("ops"), .named("audit")]) async throws {
        let memory = MemoryStore()
        operations = FakeOperations(store: memory)
        store = try await StoreScene(memory, endpoints)
        let chats = (0..<count).map { number in
            ChatReport(
                id: "chat\(number)", label: number == 0 ? "Board" : nil, weight: 1, interval: nil,
                expected: .init(
                    interval: .seconds(6180), delay: .seconds(3060), nextPoll: StoreScene.start + .seconds(60)),
                lastPoll: nil)
        }
        operations.set { state in
            state.chats = chats
            state.endpoints = endpoints.map { EndpointReport($0) }
        }
    }

    func serve(
        time: any TimeSource = ManualTime(), _ configure: (inout AdminConfiguration) -> Void = { _ in },
        _ body: @Sendable (Int) async throws -> Void
    ) async throws {
        try await withAdmin(operations, feed: feed, time: time, configure, body)
    }

    /// The number of the endpoint of that name.
    func number(_ name: String) -> Int64 {
        store.endpoints.first { $0.name == name }?.number ?? 0
    }

    /// An event of a hundred thousand bytes.
    func tellMuch(_ number: Int) async throws {
        let state = try await operations.store.chatState("chat") ?? ChatState(id: "chat")
        let name = String(repeating: "x", count: 100_000) + "\(number)"
        guard let advance = state.observing(Snapshot(labels: [.name: name]), at: StoreScene.start) else { return }
        try await operations.store.commit(advance, to: store.subscriptions)
    }
}
