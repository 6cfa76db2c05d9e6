import HTTPEngine
import TestKit
import Testing

@Suite struct ExchangeTests {
    @Test("a request arrives as it was given, with nothing that libcurl adds of its own")
    func request() async throws {
        let server = try FaultServer { _ in [.reply(headers: [("X-Answer", "42")], body: "hello")] }
        defer { server.stop() }
        try await withEngine { engine in
            var request = server.post("/hook?a=b%20c", "{}")
            request.headers = [HTTPField("Content-Type", "application/json"), HTTPField("X-Empty", "")]
            let response = try await engine.execute(request)
            #expect(response.status == 200)
            #expect(response.headers["x-ANSWER"] == "42")
            #expect(response.body == Array("hello".utf8))
            #expect(response.isSuccess && response.isComplete)
            #expect(response.remoteAddress?.description == "127.0.0.1")
            #expect(response.duration > .zero)
        }
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/hook?a=b%20c")
        #expect(request.body == Array("{}".utf8))
        #expect(request.header("content-type") == "application/json")
        #expect(request.header("x-empty") == "")
        for absent in ["expect", "accept-encoding", "user-agent", "cookie", "authorization"] {
            #expect(request.header(absent) == nil)
        }
    }

    @Test("a body without a content type is not called a form")
    func noContentType() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { _ = try await $0.execute(server.post()) }
        #expect(server.requests.first?.header("content-type") == nil)
    }

    @Test("one handle serves every method in turn, with and without a body")
    func methods() async throws {
        let server = try FaultServer { request in
            [request.method == "HEAD" ? .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") : .reply()]
        }
        defer { server.stop() }
        let exchanges: [(HTTPMethod, String)] = [
            (.get, ""), (.post, "a"), (.head, ""), (.put, "b"), (.delete, ""), (.post, ""), (.patch, "c"),
            (.delete, "d"),
            (.get, ""), (.post, "e"),
        ]
        try await withEngine { engine in
            for (method, body) in exchanges {
                let request = HTTPRequest(method, server.url(), body: Array(body.utf8), addressPolicy: .loopback)
                let status = try await engine.response(request).status
                #expect(status == 200)
            }
        }
        #expect(server.requests.map(\.method) == exchanges.map(\.0.rawValue))
        #expect(server.requests.map { String(decoding: $0.body, as: UTF8.self) } == exchanges.map(\.1))
        #expect(server.connectionCount == 1)
    }

    @Test("a large body arrives whole and at once")
    func largeBody() async throws {
        let server = try FaultServer { request in [.reply(body: "\(request.body.count)")] }
        defer { server.stop() }
        let size = 3 << 20
        try await withEngine { engine in
            var request = server.post()
            request.body = [UInt8](repeating: 0x61, count: size)
            let response = try await engine.execute(request)
            #expect(String(decoding: response.body, as: UTF8.self) == "\(size)")
            #expect(response.duration < .seconds(1), "libcurl waited for 100 Continue")
        }
    }

    @Test("a failure status is a response", arguments: [400, 404, 410, 500, 503])
    func failureStatus(status: Int) async throws {
        let server = try FaultServer { _ in [.reply(status, body: "no")] }
        defer { server.stop() }
        try await withEngine { engine in
            let response = try await engine.execute(server.post())
            #expect(response.status == status)
            #expect(response.body == Array("no".utf8))
        }
    }

    @Test("a redirect is not followed, and the response says where it pointed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let server = try FaultServer { _ in [.reply(status, headers: [("Location", "/login")])] }
        defer { server.stop() }
        try await withEngine { engine in
            let response = try await engine.execute(server.post("/hook"))
            #expect(response.status == status)
            #expect(response.redirectTarget == server.url("/login"))
        }
        #expect(server.requests.count == 1)
    }

    @Test(
        "Retry-After is read in both forms and within reason",
        arguments: [
            ("120", 120...120), (" 7 ", 7...7), ("0", nil), ("-5", nil), ("soon", nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil), ("99999999999", 31_536_000...31_536_000),
            ("Fri, 31 Dec 2100 23:59:59 GMT", 31_536_000...31_536_000),
        ] as [(String, ClosedRange<Int64>?)])
    func retryAfter(value: String, seconds: ClosedRange<Int64>?) async throws {
        let server = try FaultServer { _ in [.reply(429, headers: [("Retry-After", value)])] }
        defer { server.stop() }
        try await withEngine { engine in
            let found = try await engine.execute(server.post()).retryAfter?.components.seconds
            if let seconds {
                #expect(seconds.contains(try #require(found)))
            } else {
                #expect(found == nil)
            }
        }
    }

    @Test("interim responses and trailers leave the final response alone")
    func interimResponses() async throws {
        let server = try FaultServer { _ in
            [
                .send("HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n"),
                .send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
                .send("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nX-Final: 1\r\n\r\n"),
                .send("2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n"),
            ]
        }
        defer { server.stop() }
        try await withEngine { engine in
            let response = try await engine.execute(server.post())
            #expect(response.status == 201)
            #expect(response.body == Array("ok".utf8))
            #expect(response.headers.fields.map(\.name) == ["transfer-encoding", "x-final"])
        }
    }

    @Test(
        "a header that would break the message is refused before anything is sent",
        arguments: [
            HTTPField("X-A", "a\r\nX-B: b"), HTTPField("X-A", "a\nb"), HTTPField("X-A", "a\0b"), HTTPField("X A", "a"),
            HTTPField("", "a"), HTTPField("X-A:", "a"), HTTPField("X\r\n", "a"),
            HTTPField("Transfer-Encoding", "chunked"),
            HTTPField("content-length", "3"), HTTPField("Expect", "100-continue"),
        ])
    func badHeaders(field: HTTPField) async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            var request = server.post()
            request.headers = [field]
            #expect(await engine.error(request)?.kind == "configuration")
            // The handle is still good.
            let status = try await engine.response(server.post()).status
            #expect(status == 200)
        }
        #expect(server.requests.count == 1)
    }

    @Test(
        "a URL that cannot be used is a configuration error",
        arguments: [
            "", "http://", "ftp://127.0.0.1/", "file:///etc/passwd", "http://user:pass@127.0.0.1/",
            "http://127.0.0.1:99999/",
            "http://127.0.0.1/\r\nX: y", "https://exa mple.com/", "gopher://127.0.0.1/", "http://[::1/",
        ])
    func badURLs(url: String) async throws {
        try await withEngine { engine in
            #expect(await engine.error(HTTPRequest(.post, url, addressPolicy: .unrestricted))?.kind == "configuration")
        }
    }
}
