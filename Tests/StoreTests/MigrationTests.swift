import Chats
import Deliveries
import Scheduling
import TestKit
import Testing

@testable import Store

@Suite("Files of older versions")
struct MigrationTests {
    /// FNV-1a of their texts.
    private static let hashes = ["d1d761776080cdc0", "cc614c309aa1bd77"]

    // A released migration is in files out there: its text stays.
    @Test("released migrations never change", arguments: 1...2)
    func released(_ version: Int) throws {
        try #require(Schema.migrations.count == Self.hashes.count)
        #expect(String(fnv1a(Schema.migrations[version - 1]), radix: 16) == Self.hashes[version - 1])
    }

    @Test("a file of the first version is brought up to date and keeps what it holds")
    func firstVersion() async throws {
        let directory = try TemporaryDirectory()
        let advances = try OldFile.make(at: directory.database)
        let store = try await SQLiteStore.open(path: directory.database)
        #expect(try await store.scheduleMemory().isEmpty)
        for advance in advances { #expect(try await store.chatState(advance.state.id) == advance.state) }
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

    private func fnv1a(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
