import Deliveries
import Store
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("The breaker")
struct BreakerTests {
    /// Five chats fail once each; ten more wait.
    private func failing(ahead: Int = 0) async throws -> QueueBench {
        var bench = try await QueueBench(concurrency: 5, ahead: ahead)
        for chat in 0..<15 { try await bench.enqueue("c\(chat)") }
        for _ in 0..<4 { try await bench.answer(at: bench.inFlight.count - 1, .retry(notBefore: nil), jitter: 0) }
        #expect(!bench.queue.state.breaker.isOpen)
        try await bench.answer(at: bench.inFlight.count - 1, .retry(notBefore: nil), jitter: 0)
        #expect(bench.queue.state.breaker.isOpen)
        return bench
    }

    @Test("five failures in a row open it: nothing new goes out, and the others are told once")
    func opens() async throws {
        var bench = try await failing()
        #expect(bench.transitions == [.failing(reason: "retry(notBefore: nil)")])
        #expect(bench.inFlight.count == 4)
        #expect(bench.queue.window.lanes.count == 4)
        let sent = bench.sent.count
        try await bench.pass(.milliseconds(4_999))
        #expect(bench.sent.count == sent)
        #expect(try await bench.store.endpointStates()[0].condition == .failing)
    }

    @Test("what was under way when it opened neither lengthens the pause nor goes unrecorded")
    func stragglers() async throws {
        var bench = try await failing()
        let probeAt = bench.queue.state.breaker.probeAt
        try await bench.answerAll(.retry(notBefore: nil))
        #expect(bench.queue.state.breaker.probeAt == probeAt)
        #expect(bench.transitions.count == 1)
        let open = try await bench.records().filter { $0.attempts == 1 }
        #expect(open.count == 9)
    }

    @Test("one probe at a time, ever less often, and none of them spends a try")
    func probes() async throws {
        var bench = try await failing()
        try await bench.answerAll(.retry(notBefore: nil))
        var pauses: [Duration] = []
        var probed: Set<String> = []
        for _ in 0..<8 {
            let before = bench.now
            #expect(try await bench.passUntilWoken())
            pauses.append(bench.now - before)
            #expect(bench.inFlight.count == 1)
            let failures = bench.inFlight[0].delivery.failures
            probed.insert(bench.pendingPlaces[0])
            try await bench.answer(.retry(notBefore: nil), jitter: 0)
            #expect(failures <= 1)
        }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 300, 300].map { .seconds($0) })
        #expect(bench.transitions.count == 1)
        // A probe that fails goes to the back: one bad delivery must not keep the endpoint shut.
        #expect(probed.count == 8)
    }

    @Test(
        "what was recorded ahead is taken back when it opens, and the probe never is, whatever happens before it leaves"
    )
    func recall() async throws {
        var bench = try await failing(ahead: 5)
        #expect(bench.recalls > 0)
        try await bench.answerAll(.retry(notBefore: nil))
        #expect(try await bench.passUntilWoken())
        #expect(bench.inFlight.count == 1)
        let recalls = bench.recalls
        for chat in 0..<3 { try await bench.enqueue("another \(chat)") }
        #expect(bench.recalls == recalls)
    }

    @Test("a probe that succeeds closes it, and the backlog drains")
    func recovers() async throws {
        var bench = try await failing()
        try await bench.answerAll(.retry(notBefore: nil))
        #expect(try await bench.passUntilWoken())
        try await bench.answer(.delivered)
        #expect(bench.transitions.last == .recovered)
        #expect(bench.inFlight.count == 5)
        while try await bench.counts().pending > 0 {
            if bench.inFlight.isEmpty { #expect(try await bench.passUntilWoken()) }
            try await bench.answerAll(.delivered)
        }
        #expect(try await bench.counts().delivered == 15)
        #expect(try await bench.store.endpointStates()[0].breaker == Breaker())
    }

    @Test("a restart neither forgets it nor tells of it again")
    func restart() async throws {
        var bench = try await failing()
        let breaker = bench.queue.state.breaker
        try await bench.crash()
        #expect(bench.queue.state.breaker == breaker)
        #expect(bench.inFlight.isEmpty)
        try await bench.pass(.seconds(5))
        #expect(bench.inFlight.count == 1)
        #expect(bench.transitions.count == 1)
    }

    @Test("five days of nothing but failure disable the endpoint, and resuming gives it as many again")
    func exhausted() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a")
        for _ in 0..<5_000 where bench.queue.state.disabledReason == nil {
            if bench.inFlight.isEmpty { #expect(try await bench.passUntilWoken()) }
            if !bench.inFlight.isEmpty { try await bench.answer(.retry(notBefore: nil), jitter: 0) }
        }
        #expect(bench.now - QueueBench.start >= Breaker.patience)
        #expect(bench.now - QueueBench.start < Breaker.patience + .seconds(600))
        #expect(bench.queue.state.disabledReason?.hasPrefix("nothing but failures for 5d") == true)
        #expect(try await bench.counts().pending == 1)
        try await bench.control { $0.resume(at: $1) }
        try await bench.answer(.retry(notBefore: nil))
        #expect(bench.queue.state.disabledReason == nil)
        #expect(try await bench.passUntilWoken())
    }

    @Test("its state is written when it turns, not with every failure")
    func saves() async throws {
        var bench = try await QueueBench()
        try await bench.enqueue("a", 3)
        try await bench.answer(.delivered)
        #expect(bench.saves == 0)
        try await bench.answer(.retry(notBefore: nil))
        #expect(bench.saves == 1)
        try await bench.pass(.seconds(10))
        try await bench.answer(.retry(notBefore: nil))
        #expect(bench.saves == 1)
        try await bench.pass(.seconds(400))
        try await bench.answer(.delivered)
        #expect(bench.saves == 2)
    }

    @Test("a receiver that refuses everything is failing too: its backlog does not die unseen")
    func rejections() async throws {
        var bench = try await QueueBench(concurrency: 1)
        try await bench.enqueue("a", 20)
        for _ in 0..<5 { try await bench.answer(.rejected) }
        #expect(bench.inFlight.isEmpty)
        #expect(try await bench.counts() == .init(pending: 15, delivered: 0, dead: 5))
        #expect(bench.transitions == [.failing(reason: "rejected")])
    }
}
