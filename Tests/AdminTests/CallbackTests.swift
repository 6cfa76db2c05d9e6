import JSON
import Telemetry
import TestKit
import Testing
import Time

@testable import Admin

@Suite struct CallbackTests {
    private static let callback = AdminConfiguration.Callback(
        token: Secret("123456"), aesKey: Secret("1234567890123456789012345678901234567890123"), ownerKey: "dingkey")

    private let time = ManualTime()
    private let envelope: CallbackEnvelope

    init() throws {
        envelope = try #require(CallbackEnvelope(Self.callback))
    }

    private func push(_ message: String, nonce: String = "nonce1", signatureName: String = "signature") throws -> Ask {
        let sealed = try #require(
            envelope.seal(Array(message.utf8), at: time.now, salt: [UInt8](repeating: 5, count: 16), nonce: nonce))
        let signature = try #require(sealed["msg_signature"]?.stringValue)
        let body: JSONValue = ["encrypt": try #require(sealed["encrypt"])]
        return Ask.post(
            "/dingtalk/callback?\(signatureName)=\(signature)&timestamp=\(time.now.milliseconds)&nonce=\(nonce)",
            body.text)
    }

    /// What the platform would find in the answer.
    private func opened(_ reply: Reply) throws -> String {
        let push = CallbackPush(
            signature: try #require(reply.json["msg_signature"]?.stringValue),
            timestamp: try #require(reply.json["timeStamp"]?.stringValue),
            nonce: try #require(reply.json["nonce"]?.stringValue),
            encrypted: try #require(reply.json["encrypt"]?.stringValue))
        return String(decoding: try envelope.open(push, at: time.now), as: UTF8.self)
    }

    private func withCallback(
        _ operations: FakeOperations, _ body: @Sendable (Int) async throws -> Void
    ) async throws {
        try await withAdmin(operations, time: time) { configuration in
            configuration.callback = Self.callback
            configuration.token = Secret("the platform does not know it")
        } _: { port in
            try await body(port)
        }
    }

    @Test("a pushed event hints its chat and is answered with an encrypted success")
    func event() async throws {
        let operations = FakeOperations()
        try await withCallback(operations) { port in
            let message = #"{"EventType":"chat_update_title","ChatId":"chat1"}"#
            for (nonce, name) in [("a", "signature"), ("b", "msg_signature")] {
                let reply = try await push(message, nonce: nonce, signatureName: name).expect(200, from: port)
                #expect(try opened(reply) == "success")
            }
            #expect(operations.hints == ["chat1", "chat1"])
        }
    }

    @Test("the same push again is answered and hints nothing")
    func replay() async throws {
        let operations = FakeOperations()
        try await withCallback(operations) { port in
            let ask = try push(#"{"ChatId":"chat1"}"#)
            for _ in 0..<3 {
                let reply = try await ask.send(to: port)
                #expect(try opened(reply) == "success")
            }
            var shouted = ask
            shouted.target = ask.target.uppercased().replacing(
                "/DINGTALK/CALLBACK?SIGNATURE", with: "/dingtalk/callback?signature"
            )
            .replacing("TIMESTAMP", with: "timestamp").replacing("NONCE=NONCE1", with: "nonce=nonce1")
            let reply = try await shouted.send(to: port)
            #expect(try opened(reply) == "success")
            #expect(operations.hints == ["chat1"])
        }
    }

    @Test(
        "what names no chat, or is no event, is a success without a hint",
        arguments: [#"{"EventType":"check_url"}"#, #"{"EventType":"chat_update_owner"}"#, "success"])
    func noChat(message: String) async throws {
        let operations = FakeOperations()
        try await withCallback(operations) { port in
            let reply = try await push(message).send(to: port)
            #expect(try opened(reply) == "success")
            #expect(operations.hints.isEmpty)
        }
    }

    @Test("what is not genuine is refused, what is incomplete is a bad request, and neither hints")
    func refusals() async throws {
        let operations = FakeOperations()
        try await withCallback(operations) { port in
            let genuine = try push(#"{"ChatId":"chat1"}"#)
            var tampered = genuine
            tampered.target += "x"
            try await tampered.expect(403, from: port)
            for body in ["", "{}", "[]", "x", #"{"encrypt":7}"#] {
                var ask = genuine
                ask.body = body
                try await ask.expect(400, from: port)
            }
            for query in [
                "", "?signature=a&nonce=b", "?signature=a&timestamp=1", "?timestamp=1&nonce=b",
                "?signature=%zz&timestamp=1&nonce=1",
            ] {
                var ask = genuine
                ask.target = "/dingtalk/callback\(query)"
                try await ask.expect(400, from: port)
            }
            time.advance(by: .seconds(3601))
            try await genuine.expect(403, from: port)
            #expect(operations.hints.isEmpty)
        }
    }

    @Test("without a configured callback there is none")
    func unconfigured() async throws {
        try await withAdmin { port in
            try await Ask.post("/dingtalk/callback", "{}").expect(404, from: port)
        }
    }

    @Test("the memory of pushes is bounded, and forgets the oldest first")
    func memory() {
        let memory = CallbackMemory()
        for number in 0..<10_000 { #expect(memory.isNew("\(number)")) }
        #expect(!memory.isNew("9999"))
        #expect(!memory.isNew("\(10_000 - 4096)"))
        #expect(memory.isNew("0"))
    }
}
