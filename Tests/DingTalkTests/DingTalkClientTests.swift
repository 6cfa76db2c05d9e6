import Chats
import DingTalkSimulator
import EventLoop
import HTTPEngine
import JSON
import Telemetry
import TestKit
import Testing
import Time

@testable import DingTalk

@Suite("The client against the simulated platform, over libcurl")
struct DingTalkClientTests {
    /// A client, the simulator it talks to, and a clock that passes only when told.
    private struct Bench: Sendable {
        let simulator: Simulator
        let port: Int
        let client: DingTalkClient
        let time: ManualTime
        var chat: String { simulator.chatIDs[0] }

        func fault(_ json: String) async throws {
            let exchange = try await RawExchange(port: port, head: ["POST /_control/faults HTTP/1.1"], body: json)
            try #require(exchange.status.map { (200..<300).contains($0) } == true, "\(exchange.text)")
        }

        func calls(of path: String) async throws -> Int64? {
            let exchange = try await RawExchange(port: port, head: ["GET /_control/stats HTTP/1.1"])
            let stats = try JSONParser.parse(exchange.body)
            return stats["calls"]?[path]?.integerValue
        }

        func read(known: ReplyDigest? = nil) async -> ChatReading {
            await client.read(chat: chat, known: known).reading
        }
    }

    private func withBench(
        _ tokenKind: Account.TokenKind = .legacy, secret: String = "demo-secret",
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
        var configuration = SimulatorConfiguration()
        configuration.chats = 2
        configuration.members = 3...5
        let simulator = Simulator(configuration) { announcement.yield($0) }
        let loop = try EventLoop(name: "test-http")
        let engine = try HTTPEngine(loop: loop)
        let server = Task {
            defer { announcement.finish() }
            try await simulator.run()
        }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let base = "http://127.0.0.1:\(port)"
        let account = Account(
            baseURL: base, apiBaseURL: base, appKey: Secret("demo-key"), appSecret: Secret(secret),
            tokenKind: tokenKind,
            timeout: .seconds(2))
        let time = ManualTime()
        let client = DingTalkClient(account: account, engine: engine, time: time)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(Bench(simulator: simulator, port: port, client: client, time: time)))
        } catch {
            result = .failure(error)
        }
        server.cancel()
        _ = await server.result
        await engine.shutdown()
        loop.shutdown()
        try result.get()
    }

    @Test("reads a chat with a token of either generation", arguments: Account.TokenKind.allCases)
    func reading(kind: Account.TokenKind) async throws {
        try await withBench(kind) { bench in
            guard case .answered(let snapshot, let digest) = await bench.read() else {
                Issue.record("no answer: \(await bench.read())")
                return
            }
            #expect(snapshot[.name] != nil)
            #expect(snapshot[.members]?.isEmpty == false)
            let again = await bench.read(known: digest)
            #expect(again == .unchanged)
            let calls = try await bench.calls(of: "/chat/get")
            #expect(calls == 2)
        }
    }

    @Test("a refused token is replaced and the call repeated once")
    func tokenRefused() async throws {
        try await withBench { bench in
            _ = await bench.read()
            bench.time.advance(by: .seconds(61))
            try await bench.fault(#"{"path":"/chat/get","errcode":40014,"wrapped":true,"count":1}"#)
            guard case .answered = await bench.read() else {
                Issue.record("the repeated call did not succeed")
                return
            }
            let calls = try await bench.calls(of: "/chat/get")
            #expect(calls == 3)
        }
    }

    @Test("a token that is refused again is reported, not tried in a loop")
    func tokenRefusedAgain() async throws {
        try await withBench { bench in
            try await bench.fault(#"{"path":"/chat/get","errcode":42001,"wrapped":true}"#)
            guard case .refused(let refusal) = await bench.read() else {
                Issue.record("not refused")
                return
            }
            #expect(refusal.errorClass == .token)
            let calls = try await bench.calls(of: "/chat/get")
            #expect(calls ?? 0 <= 2)
        }
    }

    @Test("wrong credentials are refused as such", arguments: Account.TokenKind.allCases)
    func wrongCredentials(kind: Account.TokenKind) async throws {
        try await withBench(kind, secret: "wrong") { bench in
            guard case .refused(let refusal) = await bench.read() else {
                Issue.record("not refused")
                return
            }
            #expect(refusal.errorClass == .configuration)
            let calls = try await bench.calls(of: "/chat/get")
            #expect(calls ?? 0 == 0)
        }
    }

    @Test(
        "every documented error keeps its code, plain and wrapped",
        arguments: [
            (40016, false), (43007, true), (70001, false), (-1, false), (90018, true), (90020, true), (49000, false),
        ])
    func errors(code: Int, isWrapped: Bool) async throws {
        try await withBench { bench in
            try await bench.fault(#"{"path":"/chat/get","errcode":\#(code),"wrapped":\#(isWrapped)}"#)
            guard case .refused(let refusal) = await bench.read() else {
                Issue.record("not refused")
                return
            }
            #expect(refusal.code == code)
        }
    }

    @Test(
        "pages, statuses, closed connections and late answers are failures",
        arguments: [
            #"{"path":"/chat/get","body":"<html>blocked</html>"}"#,
            #"{"path":"/chat/get","body":"{\"errcode\":0,\"chat_"}"#,
            #"{"path":"/chat/get","status":503}"#, #"{"path":"/chat/get","close":true}"#,
            #"{"path":"/chat/get","delay":"5s"}"#,
        ])
    func unreadable(fault: String) async throws {
        try await withBench { bench in
            try await bench.fault(fault)
            guard case .unreadable = await bench.read() else {
                Issue.record("taken for an answer")
                return
            }
        }
    }
}
