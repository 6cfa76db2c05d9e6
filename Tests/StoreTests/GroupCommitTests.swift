import Chats
import Deliveries
import EventLoop
import Synchronization
import TestKit
import Testing

@testable import Store

@Suite("Group commit")
struct GroupCommitTests {
    @Test("writes that wait together are written together")
    func sharing() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store)
        let before = try commits(directory.database)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<400 {
                group.addTask { _ = try? await scene.tell("c\(number)") }
            }
        }
        let count = try commits(directory.database) - before
        #expect(try await store.events(EventQuery(limit: 1000)).count == 400)
        #expect(count > 0 && count < 200, "\(count) commits for 400 writes")
        await store.close()
    }

    @Test("a call returns when its write is in the log")
    func acknowledgement() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store)
        for _ in 0..<20 {
            let before = try commits(directory.database)
            try await scene.tell("c1")
            #expect(try commits(directory.database) > before)
        }
        await store.close()
    }

    @Test("every transaction that was written is told with its duration")
    func durations() async throws {
        let directory = try TemporaryDirectory()
        let durations = Mutex<[Duration]>([])
        let store = try await SQLiteStore.open(path: directory.database) { duration in
            durations.withLock { $0.append(duration) }
        }
        let scene = try await StoreScene(store)
        let before = (try commits(directory.database), durations.withLock { $0.count })
        for _ in 0..<5 { try await scene.tell("c1") }
        _ = try await scene.claim()
        let written = try commits(directory.database) - before.0
        #expect(written == 5 && durations.withLock { $0.count } - before.1 == written)
        #expect(durations.withLock { $0 }.allSatisfy { $0 > .zero })
        await store.close()
    }

    @Test(
        "tasks that run on a loop are answered like others, be their transaction over before they wait for it",
        .timeLimit(.minutes(1)))
    func tasksWithAnExecutor() async throws {
        let directory = try TemporaryDirectory()
        let store = try await SQLiteStore.open(path: directory.database)
        let scene = try await StoreScene(store)
        let loop = try EventLoop(name: "loop-under-test")
        let told = await withTaskExecutorPreference(LoopTaskExecutor(loop)) {
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask { (try? await scene.tell("c\(number)")) != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
        }
        #expect(told == 100)
        #expect(try await store.events(EventQuery(limit: 1000)).count == 100)
        await store.close()
        loop.shutdown()
    }

    /// Frames of the log that end a transaction: those that carry the file's size (SQLite file format, section 4.1).
    private func commits(_ path: String) throws -> Int {
        let log = try readFile(path + "-wal")
        let frame = 24 + 4096
        return stride(from: 32, to: log.count - frame + 1, by: frame).count { log[$0 + 4..<$0 + 8] != [0, 0, 0, 0] }
    }
}
