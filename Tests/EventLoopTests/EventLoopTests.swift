import EventLoop
import Glibc
import Synchronization
import Testing

@Suite struct EventLoopTests {
    @Test("an actor on the loop runs on the loop's thread, and always on the same")
    func isolation() async throws {
        let loop = try EventLoop(name: "loop-under-test")
        let counter = Counter(executor: loop)
        let threads = await withTaskGroup(of: UInt.self, returning: Set<UInt>.self) { group in
            for _ in 0..<200 { group.addTask { await counter.increment() } }
            return await group.reduce(into: []) { $0.insert($1) }
        }
        #expect(threads.count == 1)
        #expect(await counter.value == 200)
        #expect(await counter.threadName == "loop-under-test".prefix(15))
        loop.shutdown()
    }

    @Test("two actors on one loop call each other without leaving its thread")
    func sharedLoop() async throws {
        let loop = try EventLoop()
        let inner = Counter(executor: loop)
        let outer = Caller(executor: loop, counter: inner)
        let (before, inside, after) = await outer.call()
        #expect(before == inside)
        #expect(inside == after)
        loop.shutdown()
    }

    @Test("assumeIsolated holds inside a handler, and isolation is not claimed elsewhere")
    func assumeIsolated() async throws {
        let loop = try EventLoop()
        let recorder = Recorder(loop: loop)
        #expect(loop.isIsolatingCurrentContext() == false)
        await recorder.setDeadline(.zero)
        #expect(await recorder.nextEvent() == .deadline)
        await recorder.finish()
        loop.shutdown()
    }

    @Test("a watched descriptor is reported when it becomes readable, and no longer once it is unwatched")
    func descriptors() async throws {
        let loop = try EventLoop()
        let recorder = Recorder(loop: loop)
        let pipe = try Pipe()
        await recorder.watch(pipe.readEnd)
        pipe.write("x")
        #expect(await recorder.nextEvent() == .readable(pipe.readEnd))
        await recorder.unwatch(pipe.readEnd)
        pipe.write("y")
        await recorder.setDeadline(.milliseconds(5))
        #expect(await recorder.nextEvent() == .deadline)
        await recorder.finish()
        loop.shutdown()
    }

    @Test("a deadline is not early, and the last one set counts")
    func deadlines() async throws {
        let loop = try EventLoop()
        let recorder = Recorder(loop: loop)
        let start = SuspendingClock.now
        await recorder.setDeadline(.seconds(60))
        await recorder.setDeadline(.milliseconds(20))
        #expect(await recorder.nextEvent() == .deadline)
        #expect(SuspendingClock.now - start >= .milliseconds(20))
        await recorder.finish()
        loop.shutdown()
    }

    @Test("jobs that keep coming do not starve descriptors")
    func fairness() async throws {
        let loop = try EventLoop()
        let recorder = Recorder(loop: loop)
        let pipe = try Pipe()
        await recorder.watch(pipe.readEnd)
        pipe.write("x")
        let turns = await recorder.spinUntilEvent(limit: 1_000_000)
        #expect(turns < 1_000_000)
        await recorder.finish()
        loop.shutdown()
    }

    @Test("what is queued at shutdown still runs, and so does what comes later")
    func lateJobs() async throws {
        let loop = try EventLoop()
        let counter = Counter(executor: loop)
        let early = (0..<100).map { _ in Task { await counter.increment() } }
        loop.shutdown()
        loop.shutdown()
        for task in early { _ = await task.value }
        await withTaskGroup { group in
            for _ in 0..<100 { group.addTask { _ = await counter.increment() } }
        }
        #expect(await counter.value == 200)
    }
}
