import Deliveries
import Store
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("Digests")
struct DigestTests {
    private static let rate = Rate(count: 1, per: .seconds(60))
    /// When the permit of a request that was answered at once is back.
    private static let permit: Duration = .milliseconds(60_060)

    /// One message is out, and what is queued next has to wait.
    private func crowded(_ format: ListFormat = ListFormat(), ordering: Ordering = .chat) async throws -> QueueBench {
        var bench = try await QueueBench(rates: [Self.rate], merger: format, ordering: ordering)
        try await bench.enqueue("z")
        try await bench.answer(.delivered)
        return bench
    }

    @Test("what waits beyond the rate is one message at the next permit, lanes by age and each in order")
    func merges() async throws {
        var bench = try await crowded()
        try await bench.enqueue("b", 2)
        try await bench.pass(.seconds(1))
        try await bench.enqueue("a", 3)
        try await bench.enqueue("b")
        #expect(bench.messages == [["z 1"]])
        try #require(try await bench.passUntilSent())
        #expect(bench.now - QueueBench.start == Self.permit)
        #expect(bench.messages == [["z 1"], ["b 1", "b 2", "b 3", "a 1", "a 2", "a 3"]])
        try await bench.answer(.delivered)
        #expect(try await bench.counts() == .init(pending: 0, delivered: 7, dead: 0))
        #expect(try await bench.records().allSatisfy { $0.attempts == 1 })
    }

    @Test("events that come until the permit is there are in it, also those behind what waits already")
    func lateComers() async throws {
        var bench = try await crowded()
        for _ in 0..<40 {
            try await bench.enqueue("a")
            try await bench.pass(.seconds(1))
        }
        try #require(try await bench.passUntilSent())
        #expect(bench.messages.last?.count == 40)
    }

    @Test("without digests each waits for a message of its own")
    func queued() async throws {
        var bench = try await QueueBench(rates: [Self.rate])
        try await bench.enqueue("a", 3)
        while try await bench.counts().pending > 0 {
            if bench.inFlight.isEmpty { try #require(try await bench.passUntilSent()) }
            try await bench.answer(.delivered)
        }
        #expect(bench.messages == [["a 1"], ["a 2"], ["a 3"]])
    }

    @Test("one that waits alone is no digest, and neither is one of which only the first fits")
    func single() async throws {
        var bench = try await crowded()
        try await bench.enqueue("a")
        try #require(try await bench.passUntilSent())
        #expect(bench.sent.map(\.isDigest) == [false, false])
        var narrow = try await crowded(ListFormat(fitting: 1))
        try await narrow.enqueue("a", 2)
        try #require(try await narrow.passUntilSent())
        #expect(narrow.messages.last == ["a 1"])
        #expect(!narrow.sent[1].isDigest)
    }

    @Test("once nothing waits any more, each goes by itself again")
    func calm() async throws {
        let rates = [Rate(count: 3, per: .seconds(60))]
        var bench = try await QueueBench(rates: rates, merger: ListFormat())
        for chat in 0..<5 { try await bench.enqueue("c\(chat)") }
        try await bench.answerAll(.delivered)
        try #require(try await bench.passUntilSent())
        try await bench.answerAll(.delivered)
        #expect(bench.messages.map(\.count) == [1, 1, 1, 2])
        try await bench.enqueue("d", 2)
        #expect(bench.messages.last == ["d 1"])
        try await bench.answer(.delivered)
        #expect(bench.messages.last == ["d 2"])
    }

    @Test(
        "no more than fits goes in, the rest of a lane waits until the message has landed",
        arguments: [Ordering.chat, .none])
    func overfull(ordering: Ordering) async throws {
        var bench = try await QueueBench(
            rates: [Rate(count: 2, per: .seconds(60))], merger: ListFormat(limit: 10, fitting: 4), ordering: ordering)
        try await bench.enqueue("z", 2)
        if ordering == .chat { try await bench.answer(.delivered) }
        try await bench.answerAll(.delivered)
        try await bench.enqueue("a", 10)
        try #require(try await bench.passUntilSent())
        switch ordering {
        case .chat: #expect(bench.messages.dropFirst(2) == [["a 1", "a 2", "a 3", "a 4"]])
        case .none: #expect(bench.messages.dropFirst(2).map(\.count) == [4, 4])
        }
        while try await bench.counts().pending > 0 {
            if bench.inFlight.isEmpty { try #require(try await bench.passUntilSent()) }
            try await bench.answerAll(.delivered)
        }
        #expect(bench.messages.dropFirst(2).map(\.count) == [4, 4, 2])
        #expect(bench.trail.dropFirst(2) == (1...10).map { "a \($0)" }[...])
    }

    @Test("a digest that failed spends one try of each and is merged again with what has come since")
    func failed() async throws {
        var bench = try await crowded()
        try await bench.enqueue("a", 2)
        try await bench.enqueue("b")
        try #require(try await bench.passUntilSent())
        try await bench.answer(.retry(notBefore: nil))
        try await bench.enqueue("a")
        #expect(bench.queue.state.breaker.failures == 1)
        try #require(try await bench.passUntilSent())
        #expect(bench.messages.last == ["a 1", "a 2", "a 3", "b 1"])
        #expect(bench.sent[2].tries.map(\.number) == [2, 2, 1, 2])
        #expect(bench.sent[2].tries.map(\.delivery.failures) == [1, 1, 0, 1])
        #expect(bench.sent[1].digest?.id != bench.sent[2].digest?.id)
        try await bench.answer(.delivered)
        #expect(try await bench.counts() == .init(pending: 0, delivered: 5, dead: 0))
    }

    @Test("what spent its schedule in a digest is dead, the others of its lane are not")
    func mixedSchedules() async throws {
        var bench = try await QueueBench(
            rates: [Self.rate], merger: ListFormat(), retry: RetryPolicy(schedule: [.seconds(1)]))
        try await bench.enqueue("a")
        try await bench.answer(.retry(notBefore: nil))
        try await bench.enqueue("a")
        try #require(try await bench.passUntilSent())
        #expect(bench.messages == [["a 1"], ["a 1", "a 2"]])
        try await bench.answer(.retry(notBefore: nil))
        #expect(try await bench.counts() == .init(pending: 1, delivered: 0, dead: 1))
        try #require(try await bench.passUntilSent())
        #expect(bench.messages.last == ["a 2"])
    }

    @Test("of a lane that failed in a digest, the first delivery's schedule says when it comes again")
    func firstSchedule() async throws {
        var bench = try await QueueBench(
            rates: [Self.rate], merger: ListFormat(), retry: RetryPolicy(schedule: [.seconds(1), .seconds(7_200)]))
        try await bench.enqueue("a")
        try await bench.answer(.retry(notBefore: nil))
        try await bench.enqueue("a")
        try #require(try await bench.passUntilSent())
        let failed = bench.now
        try await bench.answer(.retry(notBefore: nil))
        try #require(try await bench.passUntilSent())
        #expect(bench.now - failed == .seconds(7_200))
        #expect(bench.sent.last?.delivery.failures == 2)
        #expect(bench.messages.last == ["a 1"])
        try await bench.answer(.delivered)
        try #require(try await bench.passUntilSent())
        #expect(bench.sent.last?.delivery.failures == 1)
    }

    @Test("a rejected digest kills nothing: each of its events goes by itself, and only what is rejected then is dead")
    func rejected() async throws {
        var bench = try await crowded()
        try await bench.enqueue("a", 2)
        try await bench.enqueue("b")
        try #require(try await bench.passUntilSent())
        try await bench.answer(.rejected)
        #expect(try await bench.counts().dead == 0)
        try await bench.enqueue("c", 2)
        while try await bench.counts().pending > 0 {
            if bench.inFlight.isEmpty { try #require(try await bench.passUntilSent()) }
            try await bench.answer(bench.messages.last == ["a 2"] ? .rejected : .delivered)
        }
        #expect(Set(bench.messages.dropFirst(2)) == [["a 1"], ["a 2"], ["b 1"], ["c 1", "c 2"]])
        #expect(try await bench.counts() == .init(pending: 0, delivered: 5, dead: 1))
        #expect(bench.queue.loners == Loners())
    }

    @Test("a throttled digest spends no try and pauses the endpoint, even one that no rate is known of")
    func throttled() async throws {
        var bench = try await QueueBench(merger: ListFormat())
        try await bench.enqueue("a")
        try await bench.answer(.throttled(until: bench.now + .seconds(600)))
        try await bench.enqueue("a", 2)
        try await bench.enqueue("b")
        try #require(try await bench.passUntilSent())
        #expect(bench.now - QueueBench.start == .seconds(600))
        #expect(bench.messages.last == ["a 1", "a 2", "a 3", "b 1"])
        try await bench.answer(.throttled(until: nil))
        try #require(try await bench.passUntilSent())
        #expect(bench.sent.last?.tries.allSatisfy { $0.delivery.failures == 0 } == true)
        #expect(bench.sent.last?.tries.count == 4)
    }

    @Test("an open breaker sends single probes, whatever waits")
    func probes() async throws {
        var bench = try await QueueBench(merger: ListFormat())
        for chat in 0..<8 { try await bench.enqueue("c\(chat)", 2) }
        try await bench.answerAll(.retry(notBefore: nil))
        #expect(bench.queue.state.breaker.isOpen)
        try #require(try await bench.passUntilSent())
        #expect(bench.inFlight.map(\.tries.count) == [1])
        try await bench.answer(.throttled(until: nil))
        try #require(try await bench.passUntilSent())
        #expect(bench.inFlight.map(\.tries.count) == [1])
    }

    @Test("410 keeps every delivery of a digest")
    func gone() async throws {
        var bench = try await crowded()
        try await bench.enqueue("a", 3)
        try #require(try await bench.passUntilSent())
        try await bench.answer(.gone)
        #expect(try await bench.counts() == .init(pending: 3, delivered: 1, dead: 0))
    }

    @Test("what is too old dies before it is merged")
    func expired() async throws {
        var bench = try await QueueBench(
            rates: [Rate(count: 1, per: .seconds(3_600))], merger: ListFormat(),
            retry: RetryPolicy(maxAge: .seconds(3_000)))
        try await bench.enqueue("z")
        try await bench.answer(.delivered)
        try await bench.enqueue("a", 2)
        try await bench.pass(.seconds(2_000))
        try await bench.enqueue("a")
        try await bench.enqueue("b")
        try #require(try await bench.passUntilSent())
        #expect(bench.messages.last == ["a 3", "b 1"])
        #expect(try await bench.counts().dead == 2)
    }

    @Test("after a restart what waits is held back for a period, and merged")
    func restart() async throws {
        var bench = try await crowded()
        try await bench.enqueue("a", 3)
        try await bench.pass(.seconds(50))
        try await bench.crash()
        #expect(bench.sent.count == 1)
        try #require(try await bench.passUntilSent())
        #expect(bench.now - QueueBench.start == .seconds(50) + Self.permit)
        #expect(bench.messages.last == ["a 1", "a 2", "a 3"])
    }

    @Test("a message for many holds many, of one lane or of as many lanes", arguments: [1, 7, 250])
    func large(chats: Int) async throws {
        var bench = try await crowded()
        for index in 0..<250 { try await bench.enqueue("c\(index % chats)") }
        try #require(try await bench.passUntilSent())
        #expect(bench.messages.last?.count == 100)
        #expect(bench.queue.window.lanes.count <= bench.queue.window.capacity)
        #expect(bench.queue.window.waitingCount <= Window.claimSize + 100)
    }

    @Test("an endpoint merges when it is to and its format can")
    func policy() {
        func merges(_ overflow: Overflow, _ format: FormatName) -> Bool {
            var endpoint = Endpoint.test("ci")
            endpoint.format = format.format
            endpoint.overflow = overflow
            return EndpointQueue.Policy(endpoint).merger != nil
        }
        #expect(merges(.digest, .dingtalk))
        #expect(!merges(.queue, .dingtalk))
        #expect(!merges(.digest, .standard))
    }
}
