import Chats
import Deliveries
import Scheduling
import TestKit
import Testing

@testable import Store

@Suite("Files of older versions")
struct MigrationTests {
    /// FNV-1a of their texts.
    private static let hashes = ["d1d761776080cdc0", "cc614c309aa1bd77", "4d5c6fd30e182fc5"]

    // A released migration is in files out there: its text stays.
    @Test("released migrations never change", arguments: 1...3)
    func released(_ version: Int) throws {
        try #require(Schema.migrations.count == Self.hashes.count)
        #expect(String(fnv1a(Schema.migrations[version - 1]), radix: 16) == Self.hashes[version - 1])
    }

    @Test("a file of an older version is brought up to date and keeps what it holds", arguments: 1...2)
    func older(_ version: Int) async throws {
        let directory = try TemporaryDirectory()
        let advances = try OldFile.make(at: directory.database, version: version)
        let store = try await SQLiteStore.open(path: directory.database)
        #expect(try await store.scheduleMemory().isEmpty)
        for advance in advances { #expect(try await store.chatState(advance.state.id) == advance.state) }
        try await compareListings(store, with: advances)
        let scene = try await StoreScene(store)
        #expect(try await scene.claimable() == [advances[0].events.map(\.id)])
        try await scene.finishFront()
        try await scene.tell("c1")
        #expect(try await scene.counts() == EndpointState.Counts(pending: 1, delivered: 1))
        #expect(try StoreAudit(directory.database).findings() == [])
        await store.close()
        let version = try Connection(path: directory.database, access: .readWrite)
            .first("PRAGMA user_version") { Int($0.integer(0)) }
        #expect(version == Schema.migrations.count)
    }

    private func compareListings(_ store: SQLiteStore, with advances: [Advance]) async throws {
        let summaries = try await store.chats(ChatQuery(includesSnapshots: true))
        #expect(summaries.map(\.id) == ["c1", "c2", "c3", "c4"])
        #expect(summaries.map(\.snapshot) == advances.map(\.state.snapshot))
        #expect(summaries.map(\.name) == advances.map(\.state.snapshot?[.name]))
        #expect(summaries.map(\.members) == [nil, 3, 0, nil])
        #expect(summaries.map(\.state) == [.watched, .watched, .dismissed, .unreachable])
        #expect(try await store.chatStates() == ["c1": .watched, "c2": .watched, "c3": .dismissed, "c4": .unreachable])
        let ids = advances.flatMap { $0.events.map(\.id) }
        let since = try await store.events(EventQuery(since: StoreScene.start, after: 0))
        #expect(since.map(\.event.id) == ids)
        #expect(try await store.events(EventQuery(until: StoreScene.start)).isEmpty)
    }

    @Test("a chat whose snapshot is damaged does not keep the file from being brought up to date")
    func damagedSnapshot() async throws {
        let directory = try TemporaryDirectory()
        _ = try OldFile.make(at: directory.database, version: 1)
        do {
            let connection = try Connection(path: directory.database, access: .readWrite)
            try connection.execute("UPDATE chats SET snapshot = X'7B22' WHERE id = 'c3'")
        }
        let store = try await SQLiteStore.open(path: directory.database)
        let summaries = try await store.chats(ChatQuery(ids: ["c2", "c3"]))
        #expect(summaries.map(\.state) == [.watched, .watched] && summaries.map(\.members) == [3, nil])
        await store.close()
    }

    private func fnv1a(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
