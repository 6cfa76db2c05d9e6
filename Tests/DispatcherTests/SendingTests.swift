import Deliveries
import HTTPEngine
import Telemetry
import Testing
import Time

@testable import Dispatcher

@Suite("What came of a request")
struct SendingTests {
    private let now = Timestamp(seconds: 1_795_416_000)

    @Test("a refused address names the endpoint and the remedy")
    func refusedAddress() throws {
        let loopback = try #require(IPAddress("127.0.0.1"))
        guard case .refused(let refusal) = AddressPolicy().judge(loopback, port: 443, isEncrypted: true) else {
            Issue.record("loopback is allowed")
            return
        }
        let failure = Exchange.Failure(HTTPError.refusedAddress(refusal), endpoint: "ci")
        #expect(
            failure.text == "endpoint \"ci\" resolves to 127.0.0.1 (loopback): add \"127.0.0.1/32\" to network.allow")
        #expect(failure.reason == "address")
        #expect(!failure.mayHaveArrived)
    }

    @Test("a lost connection may have carried the request")
    func unknown() {
        let failure = Exchange.Failure(HTTPError.unknown(.connectionLost, "reset"), endpoint: "ci")
        #expect(
            failure
                == Exchange.Failure(reason: "connection_lost", text: "may have arrived: reset", mayHaveArrived: true))
    }

    @Test("a wait becomes an instant, and of a redirect only the host is told")
    func reply() {
        let response = HTTPResponse(
            status: 302,
            headers: HTTPHeaders([
                HTTPField("X-RateLimit-Remaining", "0"),
                HTTPField("Location", "https://login.example.com/in/k3y-in-the-path"),
            ]),
            body: [1], isBodyTruncated: true, retryAfter: .seconds(30),
            redirectTarget: "https://login.example.com/in/k3y-in-the-path")
        let reply = Reply(response, at: now)
        #expect(reply.retryAfter == now + .seconds(30))
        #expect(reply.isTruncated)
        #expect(reply.headers == ["x-ratelimit-remaining": "0"])
        #expect(reply.receivedAt == now)
        #expect(reply.location?.hasPrefix("https://login.example.com/…#") == true)
        #expect(reply.location?.contains("k3y") == false)
    }

    @Test(
        "our secrets are taken out of what is kept of an answer",
        arguments: [
            ("nothing of ours", "nothing of ours"),
            ("POST /in/k3y-in-the-path failed", "POST [secret] failed"),
            ("https://hooks.example.com/in/k3y-in-the-path", "[secret]"),
            ("Authorization: Bearer t0ken-of-ours", "Authorization: [secret]"),
            ("t0ken-of-ours,t0ken-of-ourst0ken-of-ours", "[secret],[secret][secret]"),
            ("t0ken-of-our", "t0ken-of-our"),
            ("the key k3y-in-the-path is not known", "the key [secret] is not known"),
            (#"{"url":"https:\/\/hooks.example.com\/in\/k3y-in-the-path"}"#, #"{"url":"[secret]"}"#),
        ])
    func scrubbed(body: String, kept: String) {
        let endpoint = Endpoint.test(
            "ci", headers: [Endpoint.Header(name: "Authorization", value: Secret("Bearer t0ken-of-ours"))])
        let bytes = Scrubber(endpoint).scrubbed(Array(body.utf8), limit: 4096)
        #expect(String(decoding: bytes, as: UTF8.self) == kept)
    }

    @Test(
        "an address is taken out in the parts in which servers quote it, and plain words stay",
        arguments: [
            ("services of T0123456 and abcdefghijklmnopqrstuvwx", "services of [secret] and [secret]"),
            ("access_token=a%2Fb%3Dc1 is wrong", "access_token=[secret] is wrong"),
            ("the token a/b=c1 is wrong", "the token [secret] is wrong"),
            ("user ops:p4ssword, p4ssword", "user [secret], [secret]"),
        ])
    func parts(body: String, kept: String) {
        let endpoint = Endpoint.test(
            "ci", url: "https://hooks.example.com/services/T0123456/abcdefghijklmnopqrstuvwx?access_token=a%2Fb%3Dc1",
            headers: [Endpoint.Header(name: "Authorization", value: Secret("Basic b3BzOnA0c3N3b3Jk"))])
        #expect(Scrubber(endpoint).scrubbed(body) == kept)
    }

    @Test("no part of a secret survives at the cut", arguments: 4000..<4200)
    func cut(position: Int) {
        let secret = "abcdefghijklmnopqrstuvwxyz0123456789"
        let endpoint = Endpoint.test("ci", headers: [Endpoint.Header(name: "X-Key", value: Secret(secret))])
        let filler = [UInt8](repeating: 0x2e, count: position - secret.utf8.count)
        let body = Array(secret.utf8) + filler + Array(secret.utf8) + [UInt8](repeating: 0x2e, count: 5000)
        let kept = Scrubber(endpoint).scrubbed(body, limit: 4096)
        #expect(kept.count <= 4096)
        #expect(!String(decoding: kept, as: UTF8.self).contains("abc"))
    }
}
