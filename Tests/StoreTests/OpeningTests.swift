import Glibc
import TestKit
import Testing

@testable import Store

@Suite("Opening a store")
struct OpeningTests {
    @Test("a new store is its owner's alone, directories included")
    func permissionsOfNewFiles() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a/b/belfry.db"
        let store = try await SQLiteStore.open(path: path)
        try await StoreScene(store).tell("c1")
        #expect(permissions(directory.path + "/a") == 0o700 && permissions(directory.path + "/a/b") == 0o700)
        for suffix in ["", "-wal", "-shm", ".lock"] {
            #expect(permissions(path + suffix) == 0o600, "\(suffix)")
        }
        await store.close()
    }

    @Test("the settings that durability rests on are in force")
    func settings() async throws {
        let directory = try TemporaryDirectory()
        let session = try WritingSession(opening: directory.database)
        for (sql, value) in [("PRAGMA journal_mode", "wal"), ("PRAGMA synchronous", "2")] as [(StaticString, String)] {
            #expect(try session.database.first(sql, read: { $0.text(0) }) == value)
        }
        #expect(try session.database.first("PRAGMA application_id", read: { $0.integer(0) }) == Schema.applicationID)
        #expect(try session.database.first("PRAGMA user_version", read: { $0.integer(0) }) == 3)
    }

    @Test("a second process is refused as long as the first one lives")
    func locking() async throws {
        let directory = try TemporaryDirectory()
        let holder = try ChildProcess("/usr/bin/flock", ["--no-fork", "\(directory.database).lock", "sleep", "60"])
        while await isFree(directory.database + ".lock") { await Task.yield() }
        let error = await openingError(directory.database)
        #expect(error?.contains("is used by another belfry process") == true, "\(error ?? "no error")")
        holder.kill()
        try await SQLiteStore.open(path: directory.database).close()
    }

    @Test("a second store of this process is refused, by any name of the file, and told who has it")
    func lockingWithin() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        symlink(directory.database, directory.path + "/other.db")
        for name in ["/belfry.db", "/./belfry.db", "/other.db"] {
            let error = await openingError(directory.path + name)
            #expect(error?.contains("used by another belfry process (process \(getpid()))") == true, "\(name)")
        }
        await store.close()
        try await SQLiteStore.open(path: directory.path + "/other.db").close()
    }

    @Test("a file that lacks pages at its end is refused", arguments: [4096, 20_000])
    func shortFile(_ missing: Int) async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        try await StoreScene(store).tell("c1", count: 100)
        await store.close()
        let whole = try readFile(directory.database)
        try writeFile(directory.database, Array(whole.dropLast(missing)))
        let error = await openingError(directory.database)
        #expect(error?.contains("the file is damaged") == true, "\(error ?? "no error")")
        try writeFile(directory.database, whole)
        try await SQLiteStore.open(path: directory.database).close()
    }

    @Test(
        "a file that is not a store is left as it is",
        arguments: [
            ([UInt8]("hello, world, this is a text file\n".utf8), "not a SQLite database"),
            ([0x53], "not a SQLite database"),
            ([UInt8]("SQLite format 3\0".utf8) + [UInt8](repeating: 0xAB, count: 8192), "SQLITE_NOTADB"),
            ([UInt8]("SQLite format 3\0".utf8), "SQLITE_NOTADB"),
        ])
    func notAStore(_ bytes: [UInt8], _ words: String) async throws {
        let directory = try TemporaryDirectory()
        try writeFile(directory.database, bytes)
        let error = await openingError(directory.database)
        #expect(error?.contains(words) == true, "\(error ?? "no error")")
        #expect(try readFile(directory.database) == bytes)
    }

    @Test("the database of another program is left as it is")
    func foreignDatabase() async throws {
        let directory = try TemporaryDirectory()
        try writeFile(directory.database, [])
        try change(directory.database, "CREATE TABLE notes (text TEXT)")
        let bytes = try readFile(directory.database)
        let error = await openingError(directory.database)
        #expect(error?.contains("the database of another program") == true, "\(error ?? "no error")")
        #expect(try readFile(directory.database) == bytes)
    }

    @Test("a store of a newer version is left as it is")
    func newerSchema() async throws {
        let directory = try await madeStore()
        try change(directory.database, "PRAGMA user_version = 7")
        let error = await openingError(directory.database)
        #expect(
            error?.contains("written by a newer belfry (schema 7, this one knows 3)") == true, "\(error ?? "no error")")
    }

    @Test(
        "a damaged store is refused with words",
        arguments: [
            (Damage.truncated, "SQLITE_CORRUPT"), (.schemaPage, "damaged"),
            (.missingTable, "the table lanes is missing"),
            (.emptied, "the file is empty but its log is not"),
        ])
    func damaged(_ damage: Damage, _ words: String) async throws {
        let directory = try await madeStore()
        switch damage {
        case .truncated:
            try writeFile(directory.database, Array(readFile(directory.database).prefix(3 * 4096 + 7)))
        case .schemaPage:
            var bytes = try readFile(directory.database)
            bytes.replaceSubrange(100..<4096, with: repeatElement(0xEE, count: 3996))
            try writeFile(directory.database, bytes)
        case .missingTable:
            try change(directory.database, "DROP TABLE lanes")
        case .emptied:
            try writeFile(directory.database + "-wal", [1, 2, 3])
            try writeFile(directory.database, [])
        }
        let error = await openingError(directory.database)
        #expect(error?.contains(words) == true, "\(error ?? "no error")")
        #expect(error?.contains("backup") == true)
    }

    enum Damage: Sendable {
        case truncated, schemaPage, missingTable, emptied
    }

    @Test(
        "a name that can be no file is refused with words", arguments: ["", "/belfry.db/inside", "/dev/null", "/tmp"])
    func impossibleNames(_ name: String) async throws {
        let directory = try TemporaryDirectory()
        try writeFile(directory.database, [])
        let error = await openingError(name.hasPrefix("/belfry") ? directory.path + name : name)
        #expect(error?.contains("cannot be opened") == true, "\(error ?? "no error")")
    }

    @Test("a directory that cannot be written is refused with words", arguments: [false, true])
    func readOnlyDirectory(_ hasStore: Bool) async throws {
        let directory = try await madeStore(isFilled: hasStore)
        let readOnly = try ReadOnlyView(of: directory.path)
        let error = await openingError(readOnly.path + "/belfry.db")
        #expect(error?.contains("cannot be opened") == true, "\(error ?? "no error")")
        #expect(
            error?.contains("Read-only file system") == true || error?.contains("Permission denied") == true,
            "\(error ?? "no error")")
    }

    // MARK: -

    private func madeStore(isFilled: Bool = true) async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        guard isFilled else { return directory }
        let store = try await SQLiteStore.open(path: directory.database)
        try await StoreScene(store).tell("c1", count: 3)
        await store.close()
        return directory
    }

    /// Nil when it opens.
    private func openingError(_ path: String) async -> String? {
        do {
            try await SQLiteStore.open(path: path).close()
            return nil
        } catch .unusable(let text) {
            return text
        } catch {
            Issue.record("not the error of an opening: \(error)")
            return nil
        }
    }

    private func change(_ path: String, _ sql: String) throws {
        try Connection(path: path, access: .readWrite).execute(sql)
    }

    private func isFree(_ path: String) async -> Bool {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
}
