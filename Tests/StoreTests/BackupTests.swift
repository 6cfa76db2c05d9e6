import Chats
import Deliveries
import Glibc
import TestKit
import Testing

@testable import Store

@Suite("A backup")
struct BackupTests {
    @Test("taken while the store is written holds a moment of it, and is its owner's alone")
    func consistency() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
        try await scene.tell("before", count: 50)
        async let writing: Void = {
            for round in 0..<100 {
                try await scene.tell("c\(round % 7)")
                try await scene.finishFront()
            }
        }()
        let copies = (0..<5).map { directory.path + "/copy\($0).db" }
        for copy in copies {
            try await store.backup(to: copy)
        }
        try await writing
        await store.close()
        for copy in copies {
            #expect(permissions(copy) == 0o600)
            let opened = try await SQLiteStore.open(path: copy)
            #expect(try await opened.events(EventQuery(limit: 1000)).count >= 50)
            #expect(try StoreAudit(copy).findings() == [])
            await opened.close()
        }
    }

    @Test("replaces no file, and leaves nothing behind where it fails")
    func refusal() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        try writeFile(directory.path + "/precious", [1, 2, 3])
        await #expect(throws: StoreError.self) { try await store.backup(to: directory.path + "/precious") }
        await #expect(throws: StoreError.self) { try await store.backup(to: directory.database) }
        await #expect(throws: StoreError.self) { try await store.backup(to: directory.path + "/missing/copy.db") }
        #expect(try readFile(directory.path + "/precious") == [1, 2, 3])
        #expect(!TemporaryDirectory.names(in: directory.path).contains { $0.hasSuffix(".partial") })
        try await StoreScene(store).tell("c1")
        await store.close()
    }
}
