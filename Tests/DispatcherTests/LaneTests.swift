import Chats
import Deliveries
import Store
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("Lanes")
struct LaneTests {
    @Test("one chat's events go one after the other")
    func order() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a", 3)
        try await bench.enqueue("b")
        #expect(bench.pendingPlaces == ["a 1", "b 1"])
        try await bench.answer(.delivered)
        try await bench.answer(.delivered)
        try await bench.answer(.delivered)
        try await bench.answer(.delivered)
        #expect(bench.trail == ["a 1", "b 1", "a 2", "a 3"])
        #expect(try await bench.counts() == .init(pending: 0, delivered: 4, dead: 0))
    }

    @Test("what follows a failed delivery in its chat waits for its retry")
    func retryHoldsTheLane() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a", 2)
        try await bench.answer(.retry(notBefore: nil))
        #expect(bench.inFlight.isEmpty)
        try await bench.pass(.milliseconds(4_999))
        #expect(bench.trail == ["a 1"])
        try await bench.pass(.milliseconds(1))
        #expect(bench.trail == ["a 1", "a 1"])
        #expect(bench.inFlight[0].number == 2)
        try await bench.answer(.delivered)
        #expect(bench.trail == ["a 1", "a 1", "a 2"])
    }

    @Test("without an order nothing waits for anything")
    func unordered() async throws {
        var bench = try await QueueBench(ordering: .none)
        try await bench.enqueue("a", 3)
        #expect(Set(bench.pendingPlaces) == ["a 1", "a 2", "a 3"])
        try await bench.answer(.retry(notBefore: nil))
        try await bench.answer(.delivered)
        try await bench.answer(.delivered)
        #expect(try await bench.counts() == .init(pending: 1, delivered: 2, dead: 0))
    }

    @Test("a dead delivery lets its lane go on")
    func deadGoesOn() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a", 2)
        try await bench.answer(.rejected)
        #expect(bench.pendingPlaces == ["a 2"])
        #expect(try await bench.counts().dead == 1)
    }

    @Test("a delivery that has spent its schedule is dead, and the lane goes on")
    func scheduleSpent() async throws {
        var bench = try await QueueBench(retry: RetryPolicy(schedule: [.seconds(1)]))
        try await bench.enqueue("a", 2)
        try await bench.answer(.retry(notBefore: nil))
        try await bench.pass(.seconds(1))
        try await bench.answer(.retry(notBefore: nil))
        #expect(bench.pendingPlaces == ["a 2"])
        let dead = try await bench.records().first { $0.state == .dead }
        #expect(dead?.attempts == 2)
        #expect(dead?.reason?.hasPrefix("gave up after 2 failed tries") == true)
    }

    @Test("an event that comes while its lane is held is not overlooked")
    func arrivalBehindAHeldLane() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a")
        try await bench.enqueue("a")
        #expect(bench.trail == ["a 1"])
        try await bench.answer(.delivered)
        #expect(bench.trail == ["a 1", "a 2"])
    }

    @Test("no more are in flight than the endpoint bears", arguments: [1, 4, 16])
    func concurrency(limit: Int) async throws {
        var bench = try await QueueBench(concurrency: limit)
        for chat in 0..<40 { try await bench.enqueue("c\(chat)") }
        #expect(bench.inFlight.count == limit)
        try await bench.answer(.delivered)
        #expect(bench.inFlight.count == limit)
        while !bench.inFlight.isEmpty { try await bench.answer(.delivered) }
        #expect(try await bench.counts().delivered == 40)
    }

    @Test("a rate holds back what is beyond it until a period after the answers")
    func rate() async throws {
        var bench = try await QueueBench(rates: [Rate(count: 2, per: .seconds(1))], ordering: .none)
        try await bench.enqueue("a", 5)
        #expect(bench.sent.count == 2)
        try await bench.pass(.seconds(10))
        #expect(bench.sent.count == 2)
        #expect(bench.queue.wakeTime(at: bench.now) == nil)
        try await bench.answer(.delivered)
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .milliseconds(1_001))
        try await bench.pass(.milliseconds(1_001))
        #expect(bench.sent.count == 3)
    }

    @Test("several rates hold at once, and the tightest says when to go on")
    func rates() async throws {
        let rates = [Rate(count: 5, per: .seconds(1)), Rate(count: 7, per: .seconds(60))]
        var bench = try await QueueBench(rates: rates, ordering: .none)
        try await bench.enqueue("a", 20)
        var counts: [Int] = []
        for _ in 0..<4 {
            counts.append(bench.sent.count)
            try await bench.answerAll(.delivered)
            #expect(try await bench.passUntilWoken())
        }
        #expect(counts == [5, 7, 12, 14])
        #expect(bench.now - QueueBench.start == .milliseconds(2 * (1_001 + 59_059)))
    }

    @Test("what is too old dies without a try")
    func expiry() async throws {
        var bench = try await QueueBench(concurrency: 1, retry: RetryPolicy(maxAge: .seconds(3600)))
        try await bench.enqueue("a", 2)
        try await bench.enqueue("b")
        try await bench.pass(.seconds(3600))
        try await bench.answer(.delivered)
        #expect(bench.trail == ["a 1"])
        #expect(try await bench.counts() == .init(pending: 0, delivered: 1, dead: 2))
        let dead = try await bench.records().filter { $0.state == .dead }
        #expect(dead.map(\.attempts) == [0, 0])
        #expect(dead.first?.reason == "gave up at the age of 1h 0m")
    }
}
