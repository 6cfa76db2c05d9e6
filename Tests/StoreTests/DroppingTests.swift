import Chats
import Deliveries
import TestKit
import Testing

@testable import Store

@Suite("Dropping an endpoint")
struct DroppingTests {
    @Test("goes in steps of bounded size, and the file is sound after each of them")
    func steps() throws {
        let directory = try TemporaryDirectory()
        let session = try BulkFile(at: directory.database, events: 600).session
        for (name, pending) in [("a", 50), ("b", 600)] {
            let before = try session.endpointStates()
            var dropped = 0
            var steps = 0
            while true {
                try session.begin()
                let step = try session.drop(endpoint: name, limit: 40)
                try session.commit()
                #expect(try StoreAudit(directory.database).findings() == [])
                #expect(step.pending <= 40)
                dropped += step.pending
                steps += 1
                if step.isEnd { break }
            }
            #expect(dropped == pending && steps >= 600 / 40)
            #expect(try session.endpointStates() == before.filter { $0.name != name })
        }
        #expect(try session.database.events(EventQuery(limit: .max)).count == 600)
    }

    @Test("gives its number to another in the same transaction without its counts")
    func reuse() throws {
        let directory = try TemporaryDirectory()
        let session = try WritingSession(opening: directory.database)
        let subscriptions = Subscriptions([.named("a"), .named("b")])
        let advance = try Advance.telling(after: ChatState(id: "c1"), at: StoreScene.start)
        try session.begin()
        let first = try session.register(["a", "b"])
        #expect(try session.commit(StoredAdvance(advance, to: subscriptions)))
        while try !session.drop(endpoint: "b", limit: 10).isEnd {}
        let second = try session.register(["c", "b"])
        try session.commit()
        #expect(second.map(\.number) == [first[1].number, first[1].number + 1])
        #expect(try session.endpointStates().map(\.counts.pending) == [1, 0, 0])
        #expect(try StoreAudit(directory.database).findings() == [])
    }

    @Test("that a thousand and more wait for says how many")
    func many() async throws {
        let directory = try TemporaryDirectory()
        do { _ = try BulkFile(at: directory.database, events: 2_500) }
        let store = try await SQLiteStore.open(path: directory.database)
        #expect(try await store.drop(endpoint: "b") == 2_500)
        #expect(try await store.drop(endpoint: "a") == 50)
        #expect(try await store.endpointStates().map(\.name) == ["quiet"])
        await store.close()
        #expect(try StoreAudit(directory.database).findings() == [])
    }
}
