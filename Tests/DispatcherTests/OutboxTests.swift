import Chats
import Deliveries
import HTTPEngine
import Store
import Synchronization
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("Recording ahead of the wire") struct OutboxTests {
    @Test("as many again are recorded as may be on the wire, and no more than may be are on it")
    func ahead() async throws {
        let gate = Switch()
        let wire = Wire()
        let sender = ScriptedSender { _, _ in
            wire.enter()
            await gate.turnedOn()
            wire.leave()
            return .status(200)
        }
        let stage = Stage([.test("ci", concurrency: 8)], sender: sender)
        for chat in 0..<40 { try await stage.enqueue("c\(chat)") }
        try await stage.running {
            try await eventually("tries are recorded, and half of them go out") {
                await stage.store.openAttemptCount == 16 && wire.now == 8
            }
            gate.turnOn()
            try await eventually("all deliveries") { try await stage.state(of: "ci")?.counts.delivered == 40 }
        }
        #expect(wire.most == 8)
        #expect(Set(sender.sent.compactMap(\.id)).count == 40)
        #expect(sender.sent.count == 40)
    }

    @Test("what has not gone when the endpoint is paused is taken back, and goes after the pause in its turn")
    func recall() async throws {
        let gate = Switch()
        let sender = ScriptedSender { _, number in
            if number < 8 { await gate.turnedOn() }
            return .status(200)
        }
        let stage = Stage([.test("ci", concurrency: 8)], sender: sender)
        for chat in 0..<40 { try await stage.enqueue("c\(chat)", 2) }
        try await stage.running {
            try await eventually("tries are recorded, and half of them go out") {
                await stage.store.openAttemptCount == 16 && sender.sent.count == 8
            }
            #expect(await stage.dispatcher.pause("ci"))
            try await eventually("those that have not gone are taken back") {
                await stage.store.openAttemptCount == 8
            }
            gate.turnOn()
            try await eventually("those on the wire end") { try await stage.state(of: "ci")?.counts.delivered == 8 }
            #expect(sender.sent.count == 8)
            #expect(await stage.dispatcher.resume("ci"))
            try await eventually("all deliveries") { try await stage.state(of: "ci")?.counts.delivered == 80 }
        }
        // Each once; of a chat the first event before the second.
        let events = sender.sent.compactMap { StoredEvent(id: $0.id ?? "", body: $0.request.body).decoded() }
        #expect(Set(events.map(\.id)).count == 80 && events.count == 80)
        for chat in 0..<40 {
            #expect(events.filter { $0.chat?.id == "c\(chat)" }.map(\.sequence) == [1, 2])
        }
    }

    @Test("nothing is recorded ahead for an endpoint with a rate, one that merges, or one that takes few at once")
    func notAhead() {
        var endpoint = Endpoint.test("ci", concurrency: 16)
        #expect(EndpointQueue.Policy(endpoint).mostOpen == 32)
        endpoint.rate = Rate(text: "20/m")
        #expect(EndpointQueue.Policy(endpoint).mostOpen == 16)
        #expect(EndpointQueue.Policy(.test("ci", concurrency: 4)).mostOpen == 4)
    }
}

/// How many requests are under way at once.
private final class Wire: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var now: Int { counts.withLock { $0.now } }
    var most: Int { counts.withLock { $0.most } }

    func enter() {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
    }

    func leave() {
        counts.withLock { $0.now -= 1 }
    }
}
