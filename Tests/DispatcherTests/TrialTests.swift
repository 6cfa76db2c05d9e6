import Deliveries
import HTTPEngine
import Telemetry
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("A trial")
struct TrialTests {
    private let time = ManualTime()
    private let event = StoredEvent(id: "evt_1", body: Array(#"{"id":"evt_1","type":"endpoint.test"}"#.utf8))

    private func trial(_ endpoint: Endpoint, _ sender: ScriptedSender) -> EndpointTrial {
        EndpointTrial(endpoint: endpoint, sender: sender, time: time, userAgent: "belfry/test")
    }

    @Test("says what was sent, what came and what it means")
    func report() async throws {
        let sender = ScriptedSender { _, _ in .reply(Reply(status: 200, body: Array(#"{"errcode":310000}"#.utf8))) }
        var endpoint = Endpoint.test("robot", signers: [try DingTalkSigner(secret: "SECtest")])
        endpoint.format = FormatName.dingtalk.format
        let report = try await trial(endpoint, sender).run(event)
        let sent = try #require(sender.sent.first)
        #expect(report.request.url == sent.request.url)
        #expect(report.request.body == sent.request.body)
        #expect(report.request.headers == sent.request.headers)
        #expect(sent.id == "evt_1")
        #expect(sent.request.url.hasPrefix("https://hooks.example.com/in/k3y-in-the-path?timestamp="))
        #expect(sent.request.url.contains("&sign="))
        #expect(report.verdict.rule.contains("310000"))
        #expect(report.exchange == .answered(Reply(status: 200, body: Array(#"{"errcode":310000}"#.utf8))))
        #expect(report.masked.url.hasPrefix("https://hooks.example.com/…#"))
        #expect(report.masked.url.contains("&sign=…#"))
    }

    @Test("shows people no secret, neither of the request nor of what an answer repeats of it")
    func masked() async throws {
        let echo = "no: POST /in/k3y-in-the-path with Bearer t0ken-of-ours"
        let sender = ScriptedSender { _, _ in
            .reply(Reply(status: 200, headers: ["x-echo": echo], body: Array(echo.utf8)))
        }
        var endpoint = Endpoint.test(
            "chat", headers: [Endpoint.Header(name: "Authorization", value: Secret("Bearer t0ken-of-ours"))])
        endpoint.format = FormatName.slack.format
        let report = try await trial(endpoint, sender).run(event)
        let shown = [report.masked.description, "\(report.exchange)", "\(report.verdict)"].joined()
        for secret in ["t0ken", "k3y-in"] { #expect(!shown.contains(secret)) }
        #expect(report.masked.description.hasPrefix("POST https://hooks.example.com/…#"))
        #expect(report.masked.description.contains("\nAuthorization: …#"))
        #expect(report.masked.description.contains("\nwebhook-id: evt_1\n"))
        #expect(report.verdict.rule.contains("[secret]"))
        guard case .answered(let reply) = report.exchange else { return }
        #expect(String(decoding: reply.body, as: UTF8.self) == "no: POST [secret] with [secret]")
    }

    @Test("signatures in the body are over the bytes that are sent, and the format's headers go along")
    func signedBody() async throws {
        let sender = ScriptedSender()
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        var endpoint = Endpoint.test(
            "robot", signers: [try StandardSigner(secret: secret), try FeishuSigner(secret: "test")])
        endpoint.format = FormatName.feishu.format
        _ = try await trial(endpoint, sender).run(event)
        let sent = try #require(sender.sent.first)
        let headers = Dictionary(uniqueKeysWithValues: sent.request.headers.map { ($0.name.lowercased(), $0.value) })
        try StandardVerifier(secrets: [secret]).verify(headers: headers, body: sent.request.body, now: time.now)
        #expect(String(decoding: sent.request.body, as: UTF8.self).contains("\"sign\":\""))

        endpoint = .test("topic", headers: [Endpoint.Header(name: "Priority", value: Secret("urgent"))])
        endpoint.format = FormatName.ntfy.format
        _ = try await trial(endpoint, sender).run(event)
        #expect(sender.sent.last?.header("title") != nil)
        #expect(
            sender.sent.last?.request.headers.filter { $0.name.lowercased() == "priority" }.map(\.value) == ["urgent"])
    }
}
