import EventLoop
import Glibc
import Testing

@Suite struct BlockingThreadTests {
    @Test("an actor on a blocking thread runs one job after another on that thread")
    func isolation() async throws {
        let thread = try BlockingThread(name: "store")
        let counter = Counter(executor: thread)
        let threads = await withTaskGroup(of: UInt.self, returning: Set<UInt>.self) { group in
            for _ in 0..<500 { group.addTask { await counter.increment() } }
            return await group.reduce(into: []) { $0.insert($1) }
        }
        #expect(threads.count == 1)
        #expect(await counter.value == 500)
        #expect(await counter.threadName == "store")
        thread.shutdown()
    }

    @Test("jobs of one task run in the order they were made")
    func order() async throws {
        let thread = try BlockingThread(name: "store")
        let counter = Counter(executor: thread)
        for expected in 1...1000 {
            _ = await counter.increment()
            #expect(await counter.value == expected)
        }
        thread.shutdown()
    }

    @Test("a job that blocks does not hold up the cooperative pool")
    func blocking() async throws {
        let threads = try (0..<8).map { try BlockingThread(name: "blocked-\($0)") }
        let counters = threads.map { Counter(executor: $0) }
        let gate = try Pipe()
        let blocked = counters.map { counter in Task { await counter.block(on: gate) } }
        // With the pool's threads blocked this task would not get here.
        for _ in 0..<100 { await Task.yield() }
        for _ in blocked { gate.write("x") }
        for task in blocked { await task.value }
        for thread in threads { thread.shutdown() }
    }

    @Test("what is queued at shutdown still runs, and so does what comes later")
    func lateJobs() async throws {
        let thread = try BlockingThread(name: "store")
        let counter = Counter(executor: thread)
        let early = (0..<100).map { _ in Task { await counter.increment() } }
        thread.shutdown()
        for task in early { _ = await task.value }
        _ = await counter.increment()
        #expect(await counter.value == 101)
    }
}
