import Chats
import Deliveries
import HTTPEngine
import Store
import Telemetry
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("The dispatcher")
struct DispatcherTests {
    @Test("what is queued goes out, and what came of it is recorded")
    func delivers() async throws {
        let sender = ScriptedSender()
        let stage = Stage([.test("ci")], sender: sender)
        try await stage.enqueue("a", 3)
        try await stage.running {
            try await eventually("three deliveries") { try await stage.state(of: "ci")?.counts.delivered == 3 }
            try await stage.enqueue("b", 2)
            try await eventually("two more") { try await stage.state(of: "ci")?.counts.delivered == 5 }
        }
        #expect(sender.sent.count == 5)
        let figures = try #require(stage.dispatcher.statistics.endpoints["ci"])
        #expect(figures.attempts == [.delivered: 5])
        #expect(figures.delivered == 5)
        let record = try #require(try await stage.store.delivery(DeliveryID(event: 1, endpoint: 1)))
        #expect(record.record.state == .delivered)
        #expect(record.attempts.map(\.number) == [1])
        #expect(record.attempts.first?.rule == "status 200")
    }

    @Test("no request leaves before its try is recorded")
    func recordedFirst() async throws {
        let store = MemoryStore()
        let sender = ScriptedSender { _, _ in
            await store.openAttemptCount == 0 ? .status(500) : .status(200)
        }
        let stage = Stage([.test("ci")], sender: sender, store: store)
        try await stage.enqueue("a", 10)
        try await stage.running {
            try await eventually("all delivered") { try await stage.state(of: "ci")?.counts.delivered == 10 }
        }
        #expect(sender.sent.count == 10)
    }

    @Test("a request carries id, time, type, all signatures and the operator's headers")
    func request() async throws {
        let secrets = [
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + Base64.encode([UInt8](repeating: 7, count: 32)),
        ]
        let sender = ScriptedSender()
        let endpoint = Endpoint.test(
            "ci", signers: try secrets.map { try StandardSigner(secret: $0) },
            headers: [Endpoint.Header(name: "Authorization", value: Secret("Bearer t0ken-of-ours"))])
        let stage = Stage([endpoint], sender: sender)
        try await stage.enqueue("a")
        try await stage.running {
            try await eventually("a delivery") { try await stage.state(of: "ci")?.counts.delivered == 1 }
            // The wall clock is set forward: what happens from now on bears the new time, and must go out all the same.
            stage.time.jump(by: .seconds(7_200))
            try await stage.enqueue("a")
            try await eventually("another") { try await stage.state(of: "ci")?.counts.delivered == 2 }
        }
        let sent = try #require(sender.sent.last)
        let stored = try #require(try await stage.store.events(EventQuery()).first)
        #expect(sent.request.method == .post)
        #expect(sent.request.url == "https://hooks.example.com/in/k3y-in-the-path")
        #expect(sent.request.body == stored.event.body)
        #expect(sent.id == stored.event.id)
        #expect(sent.header("content-type") == "application/json")
        #expect(sent.header("user-agent") == "belfry/test")
        #expect(sent.header("authorization") == "Bearer t0ken-of-ours")
        // The wall clock, not the steady one: it is the receiver who reads it.
        #expect(sent.header("webhook-timestamp") == "\(stage.time.now.seconds)")
        for secret in secrets {
            let headers = Dictionary(
                uniqueKeysWithValues: sent.request.headers.map { ($0.name.lowercased(), $0.value) })
            try StandardVerifier(secrets: [secret]).verify(
                headers: headers, body: sent.request.body, now: stage.time.now)
        }
    }

    @Test("the operator's own content type and user agent take the place of ours")
    func ownHeaders() {
        let heading = RequestHeading(
            [.init(name: "Content-Type", value: Secret("text/plain")), .init(name: "User-Agent", value: Secret("me"))],
            userAgent: "belfry/test")
        let payload = Payload(id: "evt_1", contentType: "application/json", body: [])
        let fields = heading.fields(
            for: payload, signed(payload, by: [], at: Timestamp(seconds: 5)), at: Timestamp(seconds: 5))
        #expect(
            fields.map { "\($0.name): \($0.value)" } == [
                "Content-Type: text/plain", "User-Agent: me", "webhook-id: evt_1", "webhook-timestamp: 5",
            ])
    }

    @Test("an endpoint that hangs delays no other")
    func hungEndpoint() async throws {
        let sender = ScriptedSender { sent, _ in sent.endpoint == "hung" ? .hang : .status(200) }
        let stage = Stage([.test("hung", concurrency: 2), .test("well")], sender: sender)
        for chat in 0..<30 { try await stage.enqueue("c\(chat)", 2) }
        await #expect(throws: CancellationError.self) {
            try await stage.running {
                try await eventually("the other's deliveries") {
                    try await stage.state(of: "well")?.counts.delivered == 60
                }
                throw CancellationError()
            }
        }
        #expect(sender.sent(to: "hung").count == 2)
    }

    @Test("a retry comes when its time has come, under the same id, with a fresh signature time")
    func retries() async throws {
        let sender = ScriptedSender { _, number in .status(number == 0 ? 500 : 200) }
        let stage = Stage([.test("ci")], sender: sender)
        try await stage.enqueue("a")
        try await stage.running {
            // With no jitter the first delay of 5 s is 4.5 s.
            try await eventually("the worker sleeps until the retry") {
                stage.time.deadlines == [stage.time.steady + .milliseconds(4_500)]
            }
            stage.time.advance(by: .milliseconds(4_500))
            try await eventually("a delivery") { try await stage.state(of: "ci")?.counts.delivered == 1 }
        }
        let sent = sender.sent
        #expect(sent.count == 2)
        #expect(sent[0].id == sent[1].id)
        #expect(sent[0].request.body == sent[1].request.body)
        #expect(sent[0].header("webhook-timestamp") != sent[1].header("webhook-timestamp"))
        #expect(stage.dispatcher.statistics.endpoints["ci"]?.attempts == [.retry: 1, .delivered: 1])
    }

    @Test("others hear of an endpoint that fails and recovers, itself never does")
    func announcements() async throws {
        let isWell = Switch()
        let sender = ScriptedSender { sent, _ in .status(sent.endpoint == "bad" && !isWell.isOn ? 500 : 200) }
        let only = Filter(events: [Filter.Pattern("endpoint.*"), Filter.Pattern("chat.*")])
        let stage = Stage(
            [.test("bad", filter: only), .test("ops", filter: Filter(events: [.init("endpoint.*")]))], sender: sender)
        for chat in 0..<6 { try await stage.enqueue("c\(chat)") }
        try await stage.running {
            try await eventually("the failing is told") { sender.sent(to: "ops").count == 1 }
            try await eventually("it is stored") { try await stage.state(of: "bad")?.condition == .failing }
            isWell.turnOn()
            try await eventually("the worker sleeps") { !stage.time.deadlines.isEmpty }
            stage.time.advance(by: .seconds(6))
            try await eventually("the recovery is told") { sender.sent(to: "ops").count == 2 }
        }
        let types = sender.sent(to: "ops").map { StoredEvent(id: "", body: $0.request.body).decoded()?.type }
        #expect(types == [.endpointFailing, .endpointRecovered])
        #expect(sender.sent(to: "bad").allSatisfy { StoredEvent(id: "", body: $0.request.body).decoded()?.chat != nil })
    }

    @Test("a pause is stored when it is acknowledged, and unknown names are not acknowledged")
    func controls() async throws {
        let sender = ScriptedSender()
        let stage = Stage([.test("ci")], sender: sender)
        try await stage.running {
            #expect(await stage.dispatcher.pause("ci"))
            #expect(try await stage.state(of: "ci")?.condition == .paused)
            try await stage.enqueue("a")
            #expect(await stage.dispatcher.pause("nobody") == false)
            #expect(sender.sent.isEmpty)
            #expect(await stage.dispatcher.resume("ci"))
            try await eventually("a delivery") { try await stage.state(of: "ci")?.counts.delivered == 1 }
        }
        #expect(await stage.dispatcher.pause("ci") == false)
    }
}

@Suite("The end of a dispatcher")
struct EndingTests {
    @Test("a stop waits for what is in flight, records it, and starts nothing more")
    func gracefulStop() async throws {
        let gate = Switch()
        let sender = ScriptedSender { _, _ in
            await gate.turnedOn()
            return .status(200)
        }
        let stage = Stage([.test("ci")], sender: sender)
        try await stage.enqueue("a", 5)
        try await withThrowingTaskGroup { group in
            group.addTask { try await stage.dispatcher.run() }
            try await eventually("a request in flight") { sender.sent.count == 1 }
            stage.dispatcher.stop(within: .seconds(20))
            gate.turnOn()
            try await group.waitForAll()
        }
        #expect(sender.sent.count == 1)
        #expect(try await stage.state(of: "ci")?.counts == .init(pending: 4, delivered: 1, dead: 0))
    }

    @Test("what outlasts the stop stays an open try; the next run closes it as unknown and sends the same again")
    func abandoned() async throws {
        let sender = ScriptedSender { _, number in number == 0 ? .hang : .status(200) }
        let first = Stage([.test("ci")], sender: sender)
        try await first.enqueue("a")
        try await withThrowingTaskGroup { group in
            group.addTask { try await first.dispatcher.run() }
            try await eventually("a request in flight") { sender.sent.count == 1 }
            first.dispatcher.stop(within: .seconds(20))
            try await eventually("the worker waits for it") {
                first.time.deadlines == [first.time.steady + .seconds(20)]
            }
            first.time.advance(by: .seconds(20))
            try await group.waitForAll()
        }
        #expect(await first.store.openAttemptCount == 1)

        let recovery = try await first.store.recover(at: first.time.now)
        #expect(recovery.openAttempts == 1)
        let second = Stage([.test("ci")], sender: sender, store: first.store, time: first.time)
        try await second.running {
            try await eventually("a delivery") { try await second.state(of: "ci")?.counts.delivered == 1 }
        }
        #expect(sender.sent.map(\.id) == [sender.sent[0].id, sender.sent[0].id])
        let attempts = try await first.store.delivery(DeliveryID(event: 1, endpoint: 1))?.attempts
        #expect(attempts?.map(\.result) == [.unknown, .delivered])
        #expect(attempts?.map(\.number) == [1, 2])
    }

    @Test("a store that fails ends the run rather than let it guess")
    func storeFails() async throws {
        let store = MemoryStore()
        let sender = ScriptedSender { _, _ in
            await store.breakDown()
            return .status(200)
        }
        let stage = Stage([.test("ci"), .test("other")], sender: sender, store: store)
        try await stage.enqueue("a")
        await #expect(throws: StoreError.unavailable("disk full")) { try await stage.dispatcher.run() }
    }

    @Test("a stop before the run lets it return at once")
    func stoppedBefore() async throws {
        let sender = ScriptedSender()
        let stage = Stage([.test("ci")], sender: sender)
        try await stage.enqueue("a")
        stage.dispatcher.stop(within: .seconds(1))
        try await stage.dispatcher.run()
        #expect(sender.sent.isEmpty)
    }
}
