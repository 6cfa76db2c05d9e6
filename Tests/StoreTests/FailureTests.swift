import Chats
import Deliveries
import Glibc
import TestKit
import Testing

@testable import Store

@Suite("A disk that fails")
struct FailureTests {
    /// What stands in for the write-ahead log from some moment on: the store keeps writing to what it takes for its log.
    enum Replacement: String, CaseIterable {
        /// Every write fails for want of room.
        case full = "/dev/full"
        /// Every write fails: the descriptor is only for reading.
        case unwritable = "/dev/zero"
        /// Writes go nowhere, and no `fsync` succeeds.
        case unsynchronized = "/dev/null"

        var words: [String] {
            switch self {
            case .full:
                ["cannot be read or written: disk full (SQLITE_FULL)", "free some space", "nothing acknowledged"]
            case .unwritable: ["I/O error (SQLITE_IOERR_WRITE)", "the disk and the system's log"]
            case .unsynchronized: ["I/O error", "(SQLITE_IOERR_FSYNC)"]
            }
        }
    }

    @Test("stops the store, with words, and loses nothing acknowledged", arguments: Replacement.allCases)
    func failingLog(_ replacement: Replacement) async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store)
        let acknowledged = try await scene.tell("c1", count: 5)
        try replace(directory.database + "-wal", by: replacement)

        // Several wait together; none of them may think that it was written.
        let failures = await withTaskGroup(of: StoreError?.self) { group in
            for number in 0..<10 {
                group.addTask {
                    do {
                        let advance = try Advance.telling(after: ChatState(id: "x\(number)"), at: StoreScene.start)
                        try await store.commit(advance, to: scene.subscriptions)
                        return nil
                    } catch {
                        return error as? StoreError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let first = try #require(failures[0])
        #expect(failures.allSatisfy { $0 == first })
        guard case .unavailable(let text) = first else {
            Issue.record("not unavailable: \(first)")
            return
        }
        for words in replacement.words + [directory.database] {
            #expect(text.contains(words), "\(text)")
        }
        await #expect(throws: first) { _ = try await store.chatState("c1") }
        await #expect(throws: first) { _ = try await scene.claim() }
        await #expect(throws: first) { _ = try await store.deliveries(DeliveryQuery()) }
        await #expect(throws: first) { try await store.backup(to: directory.path + "/copy.db") }
        await store.close()

        let again = try await SQLiteStore.open(path: directory.database)
        #expect(try await again.events(EventQuery()).map(\.event.id) == acknowledged.reversed())
        #expect(try StoreAudit(directory.database).findings() == [])
        try await StoreScene(again).tell("c1")
        await again.close()
    }

    @Test(
        "a file system that is full stops the store, and with more room it goes on",
        .enabled(if: SmallFileSystem.isPossible, "mounting a small file system takes root"))
    func fullFileSystem() async throws {
        let directory = try TemporaryDirectory()
        let disk = try SmallFileSystem(at: directory.path, kilobytes: 600)
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store)
        var acknowledged: [String] = []
        let error = await #expect(throws: StoreError.self) {
            for _ in 0..<100_000 {
                acknowledged += try await scene.tell("c1")
            }
        }
        #expect(error?.description.contains("disk full (SQLITE_FULL)") == true, "\(String(describing: error))")
        #expect(!acknowledged.isEmpty)
        await store.close()

        try #require(mount(nil, disk.path, nil, UInt(MS_REMOUNT), "size=8000k") == 0)
        let again = try await SQLiteStore.open(path: directory.database)
        let kept = try await again.events(EventQuery(limit: 100_000)).map(\.event.id)
        // The one whose commit failed may be there as well.
        #expect(kept.reversed().starts(with: acknowledged) && kept.count <= acknowledged.count + 1)
        try await StoreScene(again).tell("c1")
        #expect(try StoreAudit(directory.database).findings() == [])
        await again.close()
    }

    @Test("a page that cannot be read stops the store")
    func unreadablePage() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        try await StoreScene(store).tell("c1", count: 200)
        await store.close()
        var bytes = try readFile(directory.database)
        // The schema's page stays; the rest is not what it says.
        bytes.replaceSubrange(4096..., with: repeatElement(0xEE, count: bytes.count - 4096))
        try writeFile(directory.database, bytes)
        let again = try await SQLiteStore.open(path: directory.database)
        let error = await #expect(throws: StoreError.self) { _ = try await again.events(EventQuery()) }
        guard case .unavailable(let text) = error else {
            Issue.record("not unavailable: \(String(describing: error))")
            return
        }
        #expect(text.contains("SQLITE_CORRUPT") && text.contains("backup"), "\(text)")
        await #expect(throws: StoreError.unavailable(text)) { _ = try await again.endpointStates() }
        await again.close()
    }

    enum Harm: String, CaseIterable {
        case removed, replaced
        case cutShort = "cut short"
    }

    @Test("a file that somebody else takes away or changes stops the store", arguments: ["", "-wal"], Harm.allCases)
    func harmedFile(_ suffix: String, _ harm: Harm) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.database + suffix
        // Once closed and opened again, for the file to hold something.
        let first = try await SQLiteStore.open(path: directory.database)
        try await StoreScene(first).tell("c1")
        await first.close()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store)
        let acknowledged = try await scene.tell("c1", count: 5)
        let whole = try readFile(path)
        switch harm {
        case .removed: try #require(unlink(path) == 0)
        case .replaced:
            try writeFile(path + ".new", whole)
            try #require(rename(path + ".new", path) == 0)
        case .cutShort: try #require(truncate(path, off_t(whole.count / 2)) == 0)
        }
        let error = await #expect(throws: StoreError.self) { try await scene.tell("c1") }
        for words in ["\(path) was \(harm.rawValue) by somebody else", "put it back"] {
            #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        }
        await store.close()

        try writeFile(path, whole)
        let again = try await SQLiteStore.open(path: directory.database)
        #expect(try await again.events(EventQuery()).map(\.event.id).starts(with: acknowledged.reversed()))
        #expect(try StoreAudit(directory.database).findings() == [])
        await again.close()
    }

    @Test("a file that cannot be written stops the store before its log has grown without end")
    func unwritableFile() async throws {
        let directory = try TemporaryDirectory()
        let session = try WritingSession(opening: directory.database)
        try session.database.execute("CREATE TABLE bulk (bytes BLOB)")
        try replace(directory.database, by: .full)
        let error = #expect(throws: SQLiteError.self) {
            for _ in 0..<40 {
                try session.database.run("INSERT INTO bulk VALUES (zeroblob(8 << 20))")
                try session.checkFiles()
                try session.copyLargeLog()
            }
        }
        #expect(error?.name == "SQLITE_FULL")
        session.abandon()
    }

    /// Puts another file under the descriptor that the store has this one open with.
    private func replace(_ path: String, by replacement: Replacement) throws {
        let mode = replacement == .unwritable ? O_RDONLY : O_RDWR
        let other = open(replacement.rawValue, mode)
        try #require(other >= 0)
        defer { close(other) }
        var replaced = 0
        for name in TemporaryDirectory.names(in: "/proc/self/fd") {
            guard let descriptor = Int32(name), target(of: descriptor) == path else { continue }
            try #require(dup2(other, descriptor) == descriptor)
            replaced += 1
        }
        try #require(replaced > 0, "the store does not have it open")
    }

    private func target(of descriptor: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
