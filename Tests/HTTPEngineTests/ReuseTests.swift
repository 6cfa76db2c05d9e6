import CCurl
import EventLoop
import HTTPEngine
import TestKit
import Testing

@Suite struct ReuseTests {
    /// Answers the first request of each connection and lets the second die without a reply.
    private func serverThatDropsReusedConnections(_ end: FaultStep) throws -> FaultServer {
        try FaultServer { request in request.numberOnConnection == 0 ? [.reply()] : [end] }
    }

    @Test(
        "a POST whose reused connection dies is sent once and reported as unknown",
        arguments: [FaultStep.close, .reset])
    func hiddenRetry(end: FaultStep) async throws {
        let server = try serverThatDropsReusedConnections(end)
        defer { server.stop() }
        try await withEngine { engine in
            _ = try await engine.response(server.post("/", "first"))
            #expect(await engine.error(server.post("/", "second"))?.kind == "unknown hidden_retry")
        }
        let second = server.requests.filter { $0.body == Array("second".utf8) }
        #expect(second.count == 1)
    }

    @Test("libcurl without the guard sends that POST twice", arguments: [FaultStep.close, .reset])
    func positiveControl(end: FaultStep) throws {
        let server = try serverThatDropsReusedConnections(end)
        defer { server.stop() }
        let easy = try #require(curl_easy_init())
        defer { curl_easy_cleanup(easy) }
        let url = server.url()
        for body in ["first", "second"] {
            url.withCString { _ = curl_easy_set_string(easy, CURLOPT_URL, $0) }
            body.withCString { _ = curl_easy_set_string(easy, CURLOPT_COPYPOSTFIELDS, $0) }
            curl_easy_set_string(easy, CURLOPT_PROXY, "")
            curl_easy_set_sink(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count }
            #expect(curl_easy_perform(easy) == CURLE_OK)
        }
        let second = server.requests.filter { $0.body == Array("second".utf8) }
        #expect(second.count == 2)
    }

    @Test("a GET whose reused connection dies is sent again, since that changes nothing")
    func safeMethods() async throws {
        let server = try serverThatDropsReusedConnections(.close)
        defer { server.stop() }
        try await withEngine { engine in
            let statuses = [
                try await engine.response(server.get()).status, try await engine.response(server.get()).status,
            ]
            #expect(statuses == [200, 200])
        }
        #expect(server.requests.count == 3)
    }

    @Test("requests one after another share a connection")
    func keepAlive() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            for _ in 0..<20 { _ = try await engine.execute(server.post()) }
        }
        #expect(server.requests.count == 20)
        #expect(server.connectionCount == 1)
    }

    @Test("after an unknown outcome the next request takes a fresh connection")
    func freshConnection() async throws {
        // Two connections idle; the one that is used next dies.
        let server = try FaultServer { request in
            switch request.target {
            case "/slow": [.pause(.milliseconds(50)), .reply()]
            case "/die": [.reset]
            default: [.reply()]
            }
        }
        defer { server.stop() }
        try await withEngine { engine in
            async let one = engine.execute(server.post("/slow"))
            async let two = engine.execute(server.post("/slow"))
            _ = try await (one, two)
            #expect(server.connectionCount == 2)
            #expect(await engine.error(server.post("/die"))?.mayHaveArrived == true)
            let before = server.connectionCount
            _ = await engine.error(server.post("/die"))
            #expect(server.connectionCount > before)
            let last = try #require(server.requests.last)
            #expect(last.numberOnConnection == 0)
        }
    }

    @Test("what waits on an idle connection is nobody's answer: the next request takes another connection")
    func leftovers() async throws {
        let server = try FaultServer { request in
            request.number == 0 ? [.reply(200), .pause(.milliseconds(20)), .reply(201), .hang] : [.reply(202)]
        }
        defer { server.stop() }
        try await withEngine { engine in
            #expect(try await engine.response(server.post("/", "first")).status == 200)
            try await Task.sleep(for: .milliseconds(200))
            #expect(try await engine.response(server.post("/", "second")).status == 202)
        }
        #expect(server.requests.map(\.numberOnConnection) == [0, 0])
    }

    @Test("a connection that one policy opened is closed to another")
    func policies() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            #expect(try await engine.response(server.post()).status == 200)
            var request = server.post()
            request.addressPolicy = AddressPolicy(insecureHTTP: true)
            let error = try #require(await engine.error(request))
            #expect(error.kind == "refused loopback")
            #expect(error.description == #"resolves to 127.0.0.1 (loopback): add "127.0.0.1/32" to network.allow"#)
            #expect(!error.mayHaveArrived)
            #expect(try await engine.response(server.post()).status == 200)
        }
        #expect(server.requests.count == 2)
        // The refusal took the idle connection out of the pool, which shows that it came before a request on that very
        // connection and not when opening another.
        #expect(server.connectionCount == 2)
    }

    @Test("the program's own listener is refused though its address is allowed")
    func ownListener() async throws {
        let server = try FaultServer { _ in [.reply()] }
        defer { server.stop() }
        try await withEngine { engine in
            let listener = SocketAddress(address: try #require(IPAddress("127.0.0.1")), port: server.port)
            var request = server.post()
            request.addressPolicy = AddressPolicy(allow: [try #require(CIDR("127.0.0.0/8"))], listeners: [listener])
            #expect(await engine.error(request)?.kind == "refused this program's own listener")
        }
        #expect(server.connectionCount == 0)
    }

    @Test("a proxy in the configuration is used, and plain http through it has to be switched on")
    func proxy() async throws {
        let proxy = try FaultServer { _ in [.reply(body: "proxied")] }
        defer { proxy.stop() }
        try await withEngine(HTTPEngine.Configuration(proxy: proxy.url(""))) { engine in
            var request = HTTPRequest(.post, "http://receiver.invalid/hook")
            #expect(await engine.error(request)?.kind == "configuration")
            request.addressPolicy = AddressPolicy(insecureHTTP: true)
            let response = try await engine.response(request)
            #expect(response.body == Array("proxied".utf8))
        }
        #expect(proxy.requests.map(\.target) == ["http://receiver.invalid/hook"])
    }
}
