import Deliveries
import Store
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("What a verdict does to an endpoint")
struct VerdictTests {
    @Test("Retry-After is observed, and a shorter one than the schedule's does not hasten")
    func retryAfter() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a")
        try await bench.answer(.retry(notBefore: bench.now + .seconds(120)))
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .seconds(120))
        try await bench.pass(.seconds(120))
        try await bench.answer(.retry(notBefore: bench.now + .seconds(1)))
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .seconds(300))
    }

    @Test("a throttled endpoint pauses as a whole and spends no try")
    func throttled() async throws {
        var bench = try await QueueBench(concurrency: 2)
        for chat in ["a", "b", "c"] { try await bench.enqueue(chat) }
        let end = bench.now + .seconds(30)
        try await bench.answer(.throttled(until: end))
        #expect(bench.pendingPlaces == ["b 1"])
        try await bench.answer(.delivered)
        #expect(bench.inFlight.isEmpty)
        #expect(bench.queue.wakeTime(at: bench.now) == end)
        #expect(bench.queue.state.breaker == Breaker())
        try await bench.pass(.seconds(30))
        #expect(Set(bench.pendingPlaces) == ["a 1", "c 1"])
        #expect(bench.inFlight.allSatisfy { $0.delivery.failures == 0 })
    }

    @Test("a throttle without a time doubles from 5 s to 5 min, and an accepted delivery ends that")
    func throttleDoubles() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a", 2)
        var pauses: [Duration] = []
        for _ in 0..<8 {
            try await bench.answer(.throttled(until: nil))
            let end = try #require(bench.queue.wakeTime(at: bench.now))
            pauses.append(end - bench.now)
            try await bench.pass(end - bench.now)
        }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
        try await bench.answer(.delivered)
        try await bench.answer(.throttled(until: nil))
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .seconds(5))
    }

    @Test("several throttled answers at once are one throttling")
    func throttledTogether() async throws {
        var bench = try await QueueBench()
        for chat in 0..<8 { try await bench.enqueue("c\(chat)") }
        try await bench.answerAll(.throttled(until: nil))
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .seconds(5))
    }

    @Test("410 disables the endpoint and keeps all that is pending, the answered one too")
    func gone() async throws {
        var bench = try await QueueBench(concurrency: 1)
        try await bench.enqueue("a", 2)
        try await bench.enqueue("b")
        try await bench.answer(.gone)
        #expect(bench.inFlight.isEmpty)
        #expect(bench.transitions == [.disabled(reason: "gone")])
        #expect(try await bench.counts() == .init(pending: 3, delivered: 0, dead: 0))
        let stored = try await bench.store.endpointStates()[0]
        #expect(stored.disabledReason == "gone")
        #expect(stored.condition == .disabled)
        try await bench.pass(.seconds(86_400))
        #expect(bench.sent.count == 1)
        #expect(bench.queue.wakeTime(at: bench.now) == nil)
    }

    @Test("resuming lifts a disabling, with one probe first")
    func resumeAfterGone() async throws {
        var bench = try await QueueBench()
        for chat in ["a", "b", "c"] { try await bench.enqueue(chat) }
        try await bench.answerAll(.gone)
        try await bench.control { $0.resume(at: $1) }
        #expect(bench.inFlight.count == 1)
        try await bench.answer(.delivered)
        #expect(bench.transitions.last == .recovered)
        #expect(bench.inFlight.count == 2)
        #expect(try await bench.store.endpointStates()[0].condition == .active)
    }

    @Test(
        "resuming ends what the receiver asked to wait, of an endpoint that is well too",
        arguments: [true, false])
    func resumeEndsWaiting(isThrottled: Bool) async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a")
        let wish = bench.now + .seconds(86_400)
        try await bench.answer(isThrottled ? .throttled(until: wish) : .retry(notBefore: wish))
        #expect(bench.queue.state.breaker.isOpen == false)
        #expect(bench.queue.wakeTime(at: bench.now) == wish)
        try await bench.control { $0.resume(at: $1) }
        #expect(bench.pendingPlaces == ["a 1"])
    }

    @Test("a paused endpoint is sent nothing until it is resumed")
    func paused() async throws {
        var bench = try await QueueBench()
        try await bench.control { queue, _ in queue.pause() }
        try await bench.enqueue("a")
        #expect(bench.inFlight.isEmpty)
        #expect(try await bench.store.endpointStates()[0].condition == .paused)
        try await bench.crash()
        #expect(bench.inFlight.isEmpty)
        try await bench.control { $0.resume(at: $1) }
        #expect(bench.pendingPlaces == ["a 1"])
    }
}
