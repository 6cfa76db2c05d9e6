import EventLoop
import Glibc
import Testing

@Suite struct LoopTimerTests {
    @Test("sleepers wake in the order of their deadlines, none before its time")
    func order() async throws {
        let loop = try EventLoop(name: "loop-under-test")
        let timer = try LoopTimer(loop: loop)
        let start = ContinuousClock.now
        let woken = try await withThrowingTaskGroup(of: Int.self) { group in
            for delay in [60, 20, 40, 0] {
                group.addTask {
                    try await timer.sleep(for: .milliseconds(delay))
                    #expect(ContinuousClock.now - start >= .milliseconds(delay))
                    return delay
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(woken == [0, 20, 40, 60])
        timer.close()
        loop.shutdown()
    }

    @Test("a cancelled sleep ends at once with an error, and the others sleep on")
    func cancellation() async throws {
        let loop = try EventLoop(name: "loop-under-test")
        let timer = try LoopTimer(loop: loop)
        let sleeper = Task { try await timer.sleep(for: .seconds(3600)) }
        let other = Task { try await timer.sleep(for: .milliseconds(30)) }
        await Task.yield()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        try await other.value
        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await timer.sleep(for: .seconds(3600))
        }
        await #expect(throws: CancellationError.self) { try await late.value }
        timer.close()
        loop.shutdown()
    }

    @Test("a closed timer wakes all, and lets nobody sleep")
    func closing() async throws {
        let loop = try EventLoop(name: "loop-under-test")
        let timer = try LoopTimer(loop: loop)
        let sleepers = (0..<10).map { number in Task { try await timer.sleep(for: .seconds(3600 + number)) } }
        for _ in 0..<100 { await Task.yield() }
        timer.close()
        for sleeper in sleepers { try await sleeper.value }
        try await timer.sleep(for: .seconds(3600))
        loop.shutdown()
    }

    @Test("many sleepers that come and go leave nobody asleep")
    func crowd() async throws {
        let loop = try EventLoop(name: "loop-under-test")
        let timer = try LoopTimer(loop: loop)
        let ended = await withTaskGroup(of: Void.self, returning: Int.self) { group in
            for number in 0..<2_000 {
                group.addTask { try? await timer.sleep(for: .microseconds((number &* 7919) % 50_000)) }
            }
            for number in 0..<500 {
                group.addTask {
                    let sleeper = Task { try await timer.sleep(for: .seconds(60)) }
                    if number.isMultiple(of: 2) { await Task.yield() }
                    sleeper.cancel()
                    _ = await sleeper.result
                }
            }
            return await group.reduce(into: 0) { count, _ in count += 1 }
        }
        #expect(ended == 2_500)
        timer.close()
        loop.shutdown()
    }
}

@Suite struct LoopTaskExecutorTests {
    @Test("what is no actor's runs on the loop's thread, as do its children and what sleeps in between")
    func preference() async throws {
        let loop = try EventLoop(name: "loop-under-test")
        let timer = try LoopTimer(loop: loop)
        let counter = Counter(executor: loop)
        let loopThread = await counter.increment()
        let threads = try await withTaskExecutorPreference(LoopTaskExecutor(loop)) {
            var threads: Set<UInt> = [currentThread()]
            threads.insert(await counter.increment())
            threads.insert(currentThread())
            try await timer.sleep(for: .milliseconds(1))
            threads.insert(currentThread())
            return await withTaskGroup(of: UInt.self) { group in
                for _ in 0..<10 { group.addTask { currentThread() } }
                return await group.reduce(into: threads) { $0.insert($1) }
            }
        }
        #expect(threads == [loopThread])
        #expect(currentThread() != loopThread)
        timer.close()
        loop.shutdown()
    }
}

private func currentThread() -> UInt {
    pthread_self()
}
