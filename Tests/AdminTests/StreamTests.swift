import Deliveries
import JSON
import Logging
import ServiceLifecycle
import Store
import TestKit
import Testing
import Time

@testable import Admin

@Suite struct StreamTests {
    @Test("events come as they are stored, deliveries as they are judged, and the status first of all")
    func live() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0")
        try await scene.serve(time: SystemTime()) { port in
            let reader = try await StreamReader(port)
            #expect(reader.head.contains("content-type: text/event-stream"))
            #expect(reader.head.contains("x-content-type-options: nosniff"))
            let status = try await reader.next("status")
            // Whoever is cut off before the first event knows where to go on, too.
            #expect(status.id == "1")
            #expect(try JSONParser.parse(status.data)["version"] == "0.1.0")
            let ids = try await scene.store.tell("chat1", count: 2)
            scene.feed.ring()
            let first = try await reader.next("event")
            #expect(first.id == "2")
            #expect(try JSONParser.parse(first.data)["id"]?.stringValue == ids[0])
            #expect(try await reader.next("event").id == "3")
            let front = try await scene.store.finishFront(scene.number("ops"))
            scene.feed.judged([front.id])
            let delivery = try JSONParser.parse(try await reader.next("delivery").data)
            #expect(delivery["id"]?.stringValue == front.id.description)
            #expect(delivery["state"] == "delivered")
        }
    }

    @Test("a stream goes on behind the last event that its reader names, and leaves nothing out")
    func resumption() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0", count: 120)
        try await scene.serve(time: SystemTime()) { port in
            let reader = try await StreamReader(port, headers: ["last-event-id: 3"])
            var numbers: [Int] = []
            for _ in 4...120 { numbers.append(Int(try await reader.next("event").id ?? "") ?? 0) }
            #expect(numbers == Array(4...120))
            try await scene.store.tell("chat0")
            scene.feed.ring()
            #expect(try await reader.next("event").id == "121")
        }
    }

    @Test("a position of another store begins anew; what is no position is refused")
    func positions() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0", count: 3)
        try await scene.serve(time: SystemTime()) { port in
            let reader = try await StreamReader(port, headers: ["last-event-id: 1000"])
            try await scene.store.tell("chat0")
            scene.feed.ring()
            #expect(try await reader.next("event").id == "4")
            for value in ["x", "-1", "1.5", "99999999999999999999"] {
                try await Ask.get("/api/v1/stream", "last-event-id: \(value)").expect(400, from: port)
            }
        }
    }

    @Test("a stream of one chat and one type shows no other")
    func filters() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat1")
        try await scene.serve(time: SystemTime()) { port in
            let reader = try await StreamReader(port, target: "/api/v1/stream?chat=Board&type=chat.renamed")
            try await scene.store.tell("chat1")
            try await scene.store.tell("chat0", count: 2)
            let other = try await scene.store.finishFront(scene.number("ops"))
            scene.feed.judged([other.id])
            let wanted = try await scene.store.front(scene.number("audit"))
            scene.feed.ring()
            #expect(try await reader.next("event").id == "4")
            scene.feed.judged([DeliveryID(event: 4, endpoint: wanted.id.endpoint)])
            #expect(try JSONParser.parse(try await reader.next("delivery").data)["type"] == "chat.renamed")
        }
    }

    @Test("a silent stream says that it lives, and the status only when it changed")
    func keepAlive() async throws {
        let scene = try await Scene()
        let time = ManualTime()
        try await scene.serve(time: time) { port in
            let reader = try await StreamReader(port)
            try await reader.next("status")
            // Nothing happens for a while, then the readiness of an endpoint changes.
            for _ in 0..<3 { try await pass(EventStream.statusInterval, time) }
            #expect(try await reader.next().comment == "keep-alive")
            scene.operations.set { $0.watch.polls.total += 1 }
            try await pass(EventStream.statusInterval, time)
            let status = try await reader.next()
            #expect(status.kind == "status")
            #expect(try JSONParser.parse(status.data)["watch"]?["polls"]?["total"] == 1)
        }
    }

    /// Lets time pass once the stream sleeps, also between two looks.
    private func pass(_ duration: Duration, _ time: ManualTime) async throws {
        let end = time.steady + duration
        while time.steady < end {
            while time.deadlines.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            time.advance(by: EventStream.pace)
        }
    }

    @Test("streams beyond the limit are refused, and a stream that ended gives its place back")
    func limit() async throws {
        let scene = try await Scene()
        try await scene.serve(time: SystemTime()) {
            $0.limits.streams = 2
        } _: { port in
            var first: StreamReader? = try await StreamReader(port)
            let second = try await StreamReader(port)
            let refused = try await Ask.get("/api/v1/stream").expect(503, from: port)
            #expect(refused.header("retry-after") == "30")
            try await first?.next("status")
            first = nil
            while try await Ask(method: "HEAD", target: "/api/v1/stream", host: "localhost:PORT").send(to: port).status
                == 503
            {
                try await Task.sleep(for: .milliseconds(5))
            }
            let third = try await StreamReader(port)
            try await third.next("status")
            try await second.next("status")
        }
    }

    @Test("a reader that does not read is let go, and slows neither who rings nor who reads")
    func stuck() async throws {
        let scene = try await Scene(endpoints: [])
        try await scene.serve(time: SystemTime()) {
            $0.limits.patience = .seconds(2)
            $0.limits.streams = 2
        } _: { port in
            // More than the buffers between hold: the stuck one reads none of it.
            let count = 100
            for number in 1...count { try await scene.tellMuch(number) }
            let stuck = try Wire(port: port, receiveBuffer: 4096)
            try await stuck.send(
                Ask.get("/api/v1/stream", "last-event-id: 0").text(port: port, isLast: false))
            _ = try await stuck.receive()
            let reader = try await StreamReader(port, headers: ["last-event-id: 0"])
            let begun = ContinuousClock.now
            for number in 0..<10_000 { scene.feed.judged([DeliveryID(event: Int64(number), endpoint: 1)]) }
            #expect(ContinuousClock.now - begun < .seconds(5))
            var last = 0
            while last < count { last = Int(try await reader.next("event").id ?? "") ?? 0 }
            #expect(last == count)
            // Its place is free again although it never closed its connection.
            let head = Ask(method: "HEAD", target: "/api/v1/stream", host: "localhost:PORT")
            let deadline = ContinuousClock.now + .seconds(20)
            while try await head.send(to: port).status == 503, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await head.send(to: port).status == 200)
            withExtendedLifetime(stuck) {}
        }
    }

    @Test("when the server is told to stop, streams end and it does")
    func shutdown() async throws {
        let scene = try await Scene()
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = AdminServer(
            AdminConfiguration(), store: scene.operations.store, operations: scene.operations, feed: scene.feed,
            version: "0.1.0", time: SystemTime(), logger: logger
        ) { announcement.yield($0) }
        let group = ServiceGroup(services: [server], logger: logger)
        async let end: Void = group.run()
        var iterator = ports.makeAsyncIterator()
        let reader = try await StreamReader(try #require(await iterator.next()))
        try await reader.next("status")
        await group.triggerGracefulShutdown()
        await #expect(throws: StreamReader.Ended.self) { try await reader.next("event") }
        try await end
    }

    @Test("a store that fails ends the stream")
    func failure() async throws {
        let scene = try await Scene()
        try await scene.serve(time: SystemTime()) { port in
            let reader = try await StreamReader(port)
            try await reader.next("status")
            await scene.operations.store.breakDown()
            scene.feed.ring()
            await #expect(throws: StreamReader.Ended.self) { try await reader.next("event") }
        }
    }

    @Test("the ring of deliveries holds the newest, gives each once, and tells where to go on")
    func ring() {
        var recent = RecentDeliveries()
        #expect(recent.from(0, limit: 10).ids.isEmpty)
        for event in 0..<1000 { recent.append(DeliveryID(event: Int64(event), endpoint: 1)) }
        let first = recent.from(0, limit: 10)
        #expect(first.ids.map(\.event) == Array(744..<754))
        #expect(first.next == 754)
        let rest = recent.from(first.next, limit: 1000)
        #expect(rest.ids.count == 246)
        #expect(rest.next == 1000)
        #expect(recent.from(rest.next, limit: 10).ids.isEmpty)
        for _ in 0..<3 { recent.append(DeliveryID(event: 5, endpoint: 1)) }
        #expect(recent.from(1000, limit: 10).ids.map(\.event) == [5])
        #expect(recent.from(1000, limit: 10).next == 1003)
    }
}
