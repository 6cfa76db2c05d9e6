import Chats
import Deliveries
import HTTPEngine
import JSON
import Store
import Synchronization
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("A robot with a limit")
struct ThrottledRobotTests {
    /// DingTalk's custom robot: who sends more than 20 within a minute is shut out for ten, told by an error code in a 200.
    private final class Robot: Sendable {
        private struct State {
            var taken: [Timestamp] = []
            var shutUntil: Timestamp?
            var texts: [String] = []
            var refusals = 0
        }

        private let state = Mutex(State())
        private let time: ManualTime

        init(_ time: ManualTime) {
            self.time = time
        }

        var texts: [String] { state.withLock { $0.texts } }
        var refusals: Int { state.withLock { $0.refusals } }

        /// Somebody else's messages to the same robot.
        func fill(_ count: Int) {
            state.withLock { $0.taken += Array(repeating: time.steady, count: count) }
        }

        func answer(_ body: [UInt8]) -> Reply {
            let now = time.steady
            let code = state.withLock { state in
                state.taken.removeAll { now - $0 > .seconds(60) }
                if let end = state.shutUntil, now < end {
                    state.refusals += 1
                    return 410100
                }
                guard state.taken.count < 20 else {
                    state.shutUntil = now + .seconds(600)
                    state.refusals += 1
                    return 410100
                }
                state.taken.append(now)
                let json = try? JSONParser.parse(body)
                state.texts.append(json?["markdown"]?["text"]?.stringValue ?? "")
                return 0
            }
            return Reply(status: 200, body: Array("{\"errcode\":\(code)}".utf8), receivedAt: now)
        }
    }

    /// Lets 500 events of ten chats reach the robot; time passes whenever the dispatcher sleeps.
    private func deliver(to robot: Robot, at time: ManualTime) async throws -> (stage: Stage, ids: [[String]]) {
        var endpoint = Endpoint.test("robot")
        endpoint.format = FormatName.dingtalk.format
        endpoint.overflow = .digest
        let sender = ScriptedSender { sent, _ in .reply(robot.answer(sent.request.body)) }
        let stage = Stage([endpoint], sender: sender, time: time)
        for index in 0..<500 { try await stage.enqueue("chat\(index % 10)") }
        try await stage.running {
            try await eventually("all delivered") {
                if let next = time.deadlines.first, next > time.steady { time.advance(by: next - time.steady) }
                return try await stage.state(of: "robot")?.counts.delivered == 500
            }
        }
        let events = try await stage.store.events(EventQuery(limit: 1_000)).reversed().map(\.event)
        let chats = Dictionary(grouping: events) { $0.decoded()?.chat?.id ?? "" }
        return (stage, chats.values.map { $0.map(\.id) })
    }

    /// Every id stands in one message, and those of a chat in their order.
    private func check(_ texts: [String], ids: [[String]]) {
        for chat in ids {
            var last = (message: 0, position: texts.first?.startIndex)
            for id in chat {
                let places = texts.indices.filter { texts[$0].contains(id) }
                #expect(places.count == 1)
                guard let message = places.first, let place = texts[message].firstRange(of: id)?.lowerBound else {
                    continue
                }
                #expect(message >= last.message)
                if message == last.message, let position = last.position { #expect(place >= position) }
                last = (message, place)
            }
        }
    }

    @Test("gets 500 events in digests without one refusal")
    func noRefusal() async throws {
        let time = ManualTime()
        let robot = Robot(time)
        let (stage, ids) = try await deliver(to: robot, at: time)
        #expect(robot.refusals == 0)
        #expect(robot.texts.count < 40)
        check(robot.texts, ids: ids)
        #expect(ids.joined().count == 500)
        let deliveries = try await stage.store.deliveries(DeliveryQuery(limit: 1_000))
        #expect(deliveries.allSatisfy { $0.state == .delivered && $0.attempts == 1 })
        var rules: Set<String> = []
        for delivery in deliveries {
            let attempts = try await stage.store.delivery(delivery.id)?.attempts ?? []
            #expect(attempts.map(\.number) == [1])
            rules.formUnion(attempts.map(\.rule))
        }
        #expect(rules.contains { $0.hasPrefix("in a digest of ") && $0.hasSuffix(": DingTalk answered errcode 0") })
        #expect(rules.contains("DingTalk answered errcode 0"))
    }

    @Test("that others write to refuses what was under way, and nothing more for its ten minutes")
    func othersWriteToo() async throws {
        let time = ManualTime()
        let robot = Robot(time)
        robot.fill(20)
        let (stage, ids) = try await deliver(to: robot, at: time)
        // At most as many as may be in flight when the first refusal comes.
        #expect(1...16 ~= robot.refusals)
        #expect(time.steady - ManualTime().steady >= .seconds(600))
        check(robot.texts, ids: ids)
        let figures = try #require(stage.dispatcher.statistics.endpoints["robot"])
        #expect(figures.attempts[.throttled] == robot.refusals)
        #expect(figures.dead == 0)
        #expect(try await stage.state(of: "robot")?.breaker == Breaker())
    }

    @Test(
        "every destination's way to throttle pauses the endpoint, spends no try and opens no breaker",
        arguments: [
            (.standard, Self.reply(429, retryAfter: 30), 30), (.cloudevents, Self.reply(429, retryAfter: 30), 30),
            (.slack, Self.reply(429, retryAfter: 30), 30), (.teams, Self.reply(429, retryAfter: 30), 30),
            (.teams, Self.reply(200, "Webhook message delivery failed … returned HTTP error 429 with …"), 5),
            (.discord, Self.reply(429, #"{"retry_after": 1.5}"#), 1.5),
            (.discord, Self.reply(429, headers: ["x-ratelimit-reset-after": "2.5"]), 2.5),
            (.dingtalk, Self.reply(200, #"{"errcode":410100}"#), 600),
            (.dingtalk, Self.reply(200, #"{"errcode":130101}"#), 600),
            (.dingtalk, Self.reply(200, #"{"errcode":660026}"#), 600),
            (.dingtalk, Self.reply(200, #"{"errcode":90030}"#), 600),
            (.feishu, Self.reply(200, #"{"code":11232}"#), 5), (.wecom, Self.reply(200, #"{"errcode":45009}"#), 60),
            (.ntfy, Self.reply(429, retryAfter: 30), 30), (.template, Self.reply(429), 5),
        ] as [(FormatName, Reply, Double)])
    func throttles(format: FormatName, reply: Reply, seconds: Double) async throws {
        var bench = try await QueueBench(concurrency: 6)
        for chat in 0..<8 { try await bench.enqueue("c\(chat)") }
        for _ in 0..<6 { try await bench.answer(format.format.verdict(on: reply)) }
        #expect(bench.sent.count == 6)
        #expect(bench.queue.state.breaker == Breaker())
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .milliseconds(Int64(seconds * 1_000)))
        #expect(try await bench.passUntilWoken())
        #expect(bench.inFlight.count == 6)
        #expect(bench.inFlight.allSatisfy { $0.delivery.failures == 0 })
    }

    @Test("an allowance that is used up with a message that was taken pauses the endpoint as well")
    func usedUp() async throws {
        var bench = try await QueueBench(concurrency: 1)
        try await bench.enqueue("a", 2)
        let reply = Self.reply(204, headers: ["x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.2"])
        try await bench.answer(FormatName.discord.format.verdict(on: reply))
        #expect(try await bench.counts().delivered == 1)
        #expect(bench.sent.count == 1)
        #expect(bench.queue.wakeTime(at: bench.now) == bench.now + .milliseconds(1_200))
        try await bench.pass(.milliseconds(1_200))
        #expect(bench.sent.count == 2)
    }

    private static func reply(
        _ status: Int, _ body: String = "", headers: [String: String] = [:], retryAfter: Int64? = nil
    ) -> Reply {
        Reply(
            status: status, headers: headers, body: Array(body.utf8),
            retryAfter: retryAfter.map { QueueBench.start + .seconds($0) }, receivedAt: QueueBench.start)
    }
}
