import Admin
import JSON
import Testing
import Time

@Suite struct ServerTests {
    @Test("health says ok; readiness says why not")
    func health() async throws {
        let operations = FakeOperations()
        try await withAdmin(operations) { port in
            let health = try await Ask.get("/healthz").send(to: port)
            #expect(health.status == 200)
            #expect(health.json == ["status": "ok"])
            let ready = try await Ask.get("/readyz").expect(200, from: port)
            #expect(ready.json == ["status": "ready"])
            operations.set { $0.readiness = .notReady("the store failed: disk full") }
            let reply = try await Ask.get("/readyz").expect(503, from: port)
            #expect(reply.json["detail"] == "the store failed: disk full")
        }
    }

    @Test("every answer carries the security headers, errors too")
    func headers() async throws {
        try await withAdmin { port in
            for target in ["/healthz", "/nowhere"] {
                let reply = try await Ask.get(target).send(to: port)
                #expect(
                    reply.header("content-security-policy")?.hasPrefix("default-src 'none'; script-src 'self';") == true
                )
                #expect(reply.header("x-content-type-options") == "nosniff")
                #expect(reply.header("x-frame-options") == "DENY")
                #expect(reply.header("cache-control") == "no-store")
                #expect(reply.header("referrer-policy") == "no-referrer")
            }
        }
    }

    @Test("an unknown path is 404, a wrong method 405 with what is allowed, and HEAD is GET without its body")
    func routing() async throws {
        try await withAdmin { port in
            for target in [
                "/nowhere", "/healthz/", "//healthz", "/api/v1/chats//poll", "/api/v1/chats/%zz/poll", "/%2e%2e/",
            ] {
                try await Ask.get(target).expect(404, from: port)
            }
            let reply = try await Ask.post("/healthz").expect(405, from: port)
            #expect(reply.header("allow") == "GET, HEAD")
            let poll = try await Ask.get("/api/v1/chats/c/poll").expect(405, from: port)
            #expect(poll.header("allow") == "POST")
            let head = try await Ask(method: "HEAD", target: "/healthz", host: "localhost:PORT").send(to: port)
            #expect(head.status == 200)
            #expect(head.header("content-length") == "15")
            #expect(head.body.isEmpty)
        }
    }

    @Test("under a base path everything is there and nothing elsewhere")
    func basePath() async throws {
        try await withAdmin {
            $0.basePath = "/belfry/"
        } _: { port in
            try await Ask.get("/belfry/healthz").expect(200, from: port)
            for target in ["/healthz", "/belfryhealthz", "/belfry/belfry/healthz"] {
                try await Ask.get(target).expect(404, from: port)
            }
        }
    }

    @Test("a poll tells its outcome; queued is 202, unknown 404, spent 409")
    func poll() async throws {
        let operations = FakeOperations()
        let later = Timestamp(seconds: 1_795_416_060)
        operations.set { state in
            state.polls["chat/1 ü"] = .polled(.changed, detail: "2 events", events: ["evt_a", "evt_b"])
            state.polls["late"] = .queued(notBefore: later)
            state.polls["spent"] = .callsSpent(until: later)
        }
        try await withAdmin(operations) { port in
            let changed = try await Ask.post("/api/v1/chats/chat%2F1%20%C3%BC/poll").send(to: port)
            #expect(changed.json == ["outcome": "changed", "detail": "2 events", "events": ["evt_a", "evt_b"]])
            let queued = try await Ask.post("/api/v1/chats/late/poll").send(to: port)
            #expect(queued.status == 202)
            #expect(queued.json == ["outcome": "queued", "notBefore": .string(later.description)])
            try await Ask.post("/api/v1/chats/nobody/poll").expect(404, from: port)
            let spent = try await Ask.post("/api/v1/chats/spent/poll").send(to: port)
            #expect(spent.isProblem(409))
            #expect(spent.json["detail"]?.stringValue?.contains(later.description) == true)
        }
    }

    @Test("one connection carries many requests")
    func keepAlive() async throws {
        try await withAdmin { port in
            let wire = try Wire(port: port)
            let ask = Ask.get("/healthz")
            try await wire.send(
                ask.text(port: port, isLast: false) + Ask.post("/healthz", "{}").text(port: port, isLast: false))
            try await wire.send(ask.text(port: port))
            let text = try await wire.receiveAll()
            #expect(text.split(separator: "HTTP/1.1 200 ").count == 2 + 1 - 1)
            #expect(text.contains("HTTP/1.1 405 "))
        }
    }
}
