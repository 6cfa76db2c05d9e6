import Chats
import Deliveries
import Store
import Synchronization
import Time

/// How many events a second the store takes in when several writers always have one more.
struct CommitMeasurement {
    var events: Int
    var chats: Int
    /// Writers, and so events a transaction at most.
    var atOnce: Int

    func run(on file: String) async throws {
        let transactions = Mutex(0)
        let store = try await SQLiteStore.open(path: file) { _ in transactions.withLock { $0 += 1 } }
        _ = try await store.recover(at: SystemTime.wall)
        _ = try await store.register(endpoints: ["a"])
        let subscriptions = Subscriptions([.named("a", .none)])
        let start = SystemTime.wall - .seconds(3600)
        let shares = (0..<atOnce).map { writer in
            // Each writer has chats of its own, and its advances are made before the clock starts.
            advances(of: Array(stride(from: writer, to: chats, by: atOnce)), from: start)
        }
        for share in shares {
            for advance in share.first { try await store.commit(advance, to: subscriptions) }
        }
        transactions.withLock { $0 = 0 }
        let began = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for share in shares {
                group.addTask {
                    for advance in share.rest { try await store.commit(advance, to: subscriptions) }
                }
            }
            try await group.waitForAll()
        }
        let seconds = (ContinuousClock.now - began).inSeconds
        let count = shares.reduce(0) { $0 + $1.rest.count }
        await store.close()
        print(
            "{\"events\": \(count), \"seconds\": \(seconds), \"transactions\": \(transactions.withLock { $0 })}")
    }

    private func advances(of numbers: [Int], from start: Timestamp) -> (first: [Advance], rest: [Advance]) {
        var chronicles = numbers.map { Chronicle($0, from: start) }
        let first = chronicles.indices.compactMap { chronicles[$0].next() }
        let rounds = events / chats
        let rest = (0..<rounds).flatMap { _ in chronicles.indices.compactMap { chronicles[$0].next() } }
        return (first, rest)
    }
}
