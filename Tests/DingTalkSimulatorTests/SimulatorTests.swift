import DingTalkSimulator
import JSON
import Logging
import ServiceLifecycle
import TestKit
import Testing

@Suite struct SimulatorTests {
    /// Serves on a free port for the time of `body`.
    private func withSimulator(
        _ configuration: SimulatorConfiguration, _ body: @Sendable (Simulator, Int) async throws -> Void
    ) async throws {
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        let simulator = Simulator(configuration) { announcement.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A server that cannot start must fail the test, not hang it.
                defer { announcement.finish() }
                try await simulator.run()
            }
            var iterator = ports.makeAsyncIterator()
            if let port = await iterator.next() {
                try await body(simulator, port)
                group.cancelAll()
            }
            while let result = await group.nextResult() {
                if case .failure(let error) = result, !(error is CancellationError) { throw error }
            }
        }
    }

    private func get(_ target: String, port: Int) async throws -> JSONValue {
        try JSONParser.parse(try await RawExchange(port: port, head: ["GET \(target) HTTP/1.1"]).body)
    }

    @Test("a token and a chat over a real connection")
    func poll() async throws {
        try await withSimulator(.small(members: 500...500)) { simulator, port in
            let token = try await get("/gettoken?appkey=demo-key&appsecret=demo-secret", port: port)["access_token"]
            let target = "/chat/get?access_token=\(token?.stringValue ?? "")&chatid=\(simulator.chatIDs[0])"
            let exchange = try await RawExchange(port: port, head: ["GET \(target) HTTP/1.1"])
            #expect(exchange.status == 200)
            #expect(exchange.header("content-type") == "application/json")
            let reply = try JSONParser.parse(exchange.body)
            #expect(reply["errcode"] == 0)
            #expect(reply["chat_info"]?["useridlist"]?.arrayValue?.count == 500)
        }
    }

    @Test("a form body on a GET reaches the platform")
    func formBody() async throws {
        try await withSimulator(.small()) { _, port in
            let exchange = try await RawExchange(
                port: port, head: ["GET /gettoken HTTP/1.1", "content-type: application/x-www-form-urlencoded"],
                body: "appkey=demo-key&appsecret=demo%2Dsecret")
            #expect(try JSONParser.parse(exchange.body)["errcode"] == 0)
        }
    }

    @Test("a close fault ends the connection without a byte; a status fault has its status; then all is well")
    func faults() async throws {
        try await withSimulator(.small()) { _, port in
            for order in [#"{"close":true,"count":1}"#, #"{"status":503,"delay":"20ms","count":1}"#] {
                let head = ["POST /_control/faults HTTP/1.1", "content-type: application/json"]
                let ordered = try await RawExchange(port: port, head: head, body: order)
                #expect(ordered.status == 201)
            }
            let head = ["GET /gettoken?appkey=demo-key&appsecret=demo-secret HTTP/1.1"]
            let closed = try await RawExchange(port: port, head: head)
            #expect(closed.bytes.isEmpty)
            let start = ContinuousClock.now
            let unavailable = try await RawExchange(port: port, head: head)
            #expect(unavailable.status == 503)
            #expect(ContinuousClock.now - start >= .milliseconds(20))
            let usual = try await RawExchange(port: port, head: head)
            #expect(usual.status == 200)
        }
    }

    @Test("the loop makes changes by itself, the same ones for a seed")
    func changes() async throws {
        var configuration = SimulatorConfiguration.small()
        configuration.changesPerMinute = 60_000
        let expected = Simulator(configuration).apply(changes: 5).map(\.difference)
        try await withSimulator(configuration) { simulator, port in
            let deadline = ContinuousClock.now + .seconds(10)
            while simulator.changes().count < 5, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(simulator.changes().prefix(5).map(\.difference) == expected)
            let history = try await get("/_control/changes?after=3", port: port)
            #expect(history["data"]?.arrayValue?.first?["number"] == 4)
        }
    }

    @Test("two simulators cannot have one port: the second fails and says so")
    func portInUse() async throws {
        try await withSimulator(.small()) { _, port in
            var configuration = SimulatorConfiguration.small()
            configuration.port = port
            await #expect(throws: (any Error).self) { try await Simulator(configuration).run() }
        }
    }

    @Test("a graceful shutdown waits neither for a held back answer nor for the next change")
    func shutdown() async throws {
        var configuration = SimulatorConfiguration.small()
        configuration.changesPerMinute = 0.001
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        let simulator = Simulator(configuration) { announcement.yield($0) }
        let group = ServiceGroup(services: [simulator], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let end: Void = group.run()
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let head = ["POST /_control/faults HTTP/1.1"]
        _ = try await RawExchange(port: port, head: head, body: #"{"path":"/gettoken","delay":"1h"}"#)
        async let held = RawExchange(port: port, head: ["GET /gettoken HTTP/1.1"])
        while try await get("/_control/stats", port: port)["calls"]?["/gettoken"] != 1 {
            try await Task.sleep(for: .milliseconds(1))
        }
        await group.triggerGracefulShutdown()
        #expect(try await held.status == 200)
        try await end
    }
}
