import HTTPEngine
import TestKit
import Testing

@Suite struct FaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steps: [FaultStep]
        /// An error's kind, or the status with what is wrong with the body.
        let expected: String

        init(_ name: String, _ steps: [FaultStep], _ expected: String) {
            testDescription = name
            self.steps = steps
            self.expected = expected
        }
    }

    static let head = "HTTP/1.1 200 OK\r\n"

    @Test(
        "each fault after the request has one meaning",
        arguments: [
            Fault("closed without a reply", [.close], "unknown no_reply"),
            Fault("reset without a reply", [.reset], "unknown connection_lost"),
            Fault("closed inside the status line", [.send("HTTP/1.1 20"), .close], "unknown no_reply"),
            Fault(
                "reset inside the headers", [.send(head + "X: y\r\n"), .pause(.milliseconds(20)), .reset],
                "unknown connection_lost"),
            Fault("nothing but noise", [.send("220 smtp.example.com ESMTP\r\n"), .close], "unknown malformed_reply"),
            Fault("silence", [.hang], "unknown timeout"),
            Fault(
                "headers that trickle",
                [.trickle(Array((head + "X: " + String(repeating: "y", count: 999)).utf8), every: .milliseconds(10))],
                "unknown timeout"),
            Fault(
                "a body that trickles",
                [
                    .send(head + "Content-Length: 999\r\n\r\n"),
                    .trickle([UInt8](repeating: 0x78, count: 999), every: .milliseconds(10)),
                ], "unknown timeout"),
            Fault(
                "a bad chunk", [.send(head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"), .close],
                "unknown connection_lost"),
            Fault(
                "reset inside the body",
                [.send(head + "Content-Length: 9\r\n\r\nok"), .pause(.milliseconds(20)), .reset],
                "unknown connection_lost"),
            Fault(
                "a success cut short", [.send(head + "Content-Length: 9\r\n\r\nok"), .close], "200 ok connection_lost"),
            Fault(
                "chunks cut short", [.send(head + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"), .close],
                "200 ok connection_lost"),
            Fault(
                "a failure cut short", [.send("HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nno"), .close],
                "500 no connection_lost"),
            Fault(
                "a failure whose body stalls", [.send("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\nno"), .hang],
                "503 no timeout"),
            Fault("a success without a body", [.send("HTTP/1.1 204 No Content\r\n\r\n")], "204 "),
            Fault("a status line alone", [.send(head + "\r\n"), .close], "200 "),
            Fault(
                "more than the length says",
                [.send(head + "Content-Length: 2\r\nConnection: close\r\n\r\nokok"), .close], "200 ok"),
            Fault("a body until the close", [.send(head + "\r\nok"), .close], "200 ok"),
        ])
    func faults(fault: Fault) async throws {
        let server = try FaultServer { _ in fault.steps }
        defer { server.stop() }
        try await withEngine { engine in
            let text =
                switch await engine.outcome(server.post(timeout: .milliseconds(300))) {
                case .success(let response):
                    [
                        "\(response.status) \(String(decoding: response.body, as: UTF8.self))",
                        response.bodyError?.rawValue,
                    ]
                    .compactMap { $0 }.joined(separator: " ")
                case .failure(let error):
                    error.kind
                }
            #expect(text == fault.expected)
            #expect(await engine.inFlight == 0)
        }
        #expect(server.requests.count == 1, "the request must arrive exactly once")
    }

    @Test("a body beyond the limit is cut there, however it is framed")
    func cappedBody() async throws {
        let chunk = Array("400\r\n".utf8) + [UInt8](repeating: 0x61, count: 1024) + Array("\r\n".utf8)
        let server = try FaultServer { request in
            request.target == "/chunks"
                ? [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), .sendForever(chunk)]
                : [.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), .sendForever(chunk)]
        }
        defer { server.stop() }
        try await withEngine { engine in
            for path in ["/chunks", "/length"] {
                var request = server.post(path)
                request.responseLimit = 10_000
                let response = try await engine.execute(request)
                #expect(response.status == 200)
                #expect(response.body.count == 10_000)
                #expect(response.isBodyTruncated)
                #expect(response.bodyError == nil)
            }
        }
    }

    @Test("a body of exactly the limit is whole")
    func bodyAtLimit() async throws {
        let server = try FaultServer { _ in [.reply(body: String(repeating: "a", count: 5000))] }
        defer { server.stop() }
        try await withEngine { engine in
            for (limit, isTruncated) in [(5000, false), (4999, true)] {
                var request = server.post()
                request.responseLimit = limit
                let response = try await engine.response(request)
                #expect(response.isBodyTruncated == isTruncated)
            }
        }
    }

    @Test("headers without end are cut, and the status counts")
    func hugeHeaders() async throws {
        let line = Array("X-Filler: \(String(repeating: "y", count: 1000))\r\n".utf8)
        let server = try FaultServer { _ in [.send("HTTP/1.1 200 OK\r\n"), .sendForever(line)] }
        defer { server.stop() }
        try await withEngine { engine in
            let response = try await engine.execute(server.post())
            #expect(response.status == 200)
            #expect(response.isBodyTruncated)
            #expect(response.headers.fields.count < 70)
        }
    }

    @Test("one header line without end is a malformed reply")
    func endlessLine() async throws {
        let server = try FaultServer { _ in
            [.send("HTTP/1.1 200 OK\r\nX-Filler: "), .sendForever([UInt8](repeating: 0x79, count: 4096))]
        }
        defer { server.stop() }
        try await withEngine { engine in
            #expect(await engine.error(server.post())?.mayHaveArrived == true)
        }
    }

    @Test("a connection that is reset before the request is read has an unknown outcome or was not made")
    func resetAtAccept() async throws {
        let server = try FaultServer(onAccept: { _ in [.reset] }, script: { _ in [.reply()] })
        defer { server.stop() }
        try await withEngine { engine in
            let error = try #require(await engine.error(server.post()))
            #expect(["unknown connection_lost", "notSent connection"].contains(error.kind))
        }
        #expect(server.requests.isEmpty)
    }

    @Test("a port where nobody listens is not sent")
    func refusedConnection() async throws {
        let server = try FaultServer { _ in [.reply()] }
        let request = server.post()
        server.stop()
        try await withEngine { engine in
            #expect(await engine.error(request)?.kind == "notSent connection")
        }
    }

    @Test("a name that does not resolve is not sent, and the text names it")
    func unresolvableName() async throws {
        try await withEngine { engine in
            let error = try #require(await engine.error(HTTPRequest(.post, "https://no-such-host.invalid/hook")))
            #expect(error.kind == "notSent name")
            #expect(error.description.contains("no-such-host.invalid"))
            #expect(!error.description.contains("/hook"))
        }
    }

    @Test("a receiver that accepts nothing runs into the limit of connecting, and was not sent")
    func connectTimeout() async throws {
        // A TLS handshake that is never answered is part of connecting.
        let server = try FaultServer(onAccept: { _ in [.hang] }, script: { _ in [] })
        defer { server.stop() }
        try await withEngine { engine in
            let url = "https://127.0.0.1:\(server.port)/"
            let request = HTTPRequest(.post, url, connectTimeout: .milliseconds(150), addressPolicy: .loopback)
            #expect(await engine.error(request)?.kind == "notSent timeout")
        }
    }
}
