import Admin
import Telemetry
import Testing

@Suite struct GateTests {
    @Test("the loopback names and the configured host are answered, with the right port only")
    func hosts() async throws {
        try await withAdmin { configuration in
            configuration.host = "127.0.0.1"
            configuration.hosts = [
                Authority(host: "ops.example.com"), Authority(host: "other.example.com", port: 8443),
            ]
        } _: { port in
            let accepted = [
                "localhost:PORT", "LocalHost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "ops.example.com",
                "ops.example.com:9", "other.example.com:8443",
            ]
            for host in accepted {
                try await Ask.get("/healthz", host: host).expect(200, from: port)
            }
            let refused: [String?] = [
                nil, "evil.example.com", "evil.example.com:PORT", "localhost", "localhost:1",
                "127.0.0.1.example.com:PORT",
                "localhost:PORT:PORT", "a@localhost:PORT", "other.example.com", "other.example.com:9", "[::1:PORT",
                ":PORT",
            ]
            for host in refused {
                try await Ask.get("/healthz", host: host).expect(421, from: port)
            }
        }
    }

    @Test("behind a proxy, with a token, every host is fine")
    func anyHost() async throws {
        try await withAdmin { configuration in
            configuration.isExposed = true
            configuration.token = Secret("open sesame")
        } _: { port in
            try await Ask.get("/healthz", host: "whatever.example.com").expect(200, from: port)
        }
    }

    @Test("pages of other sites are turned away, on open routes too")
    func origins() async throws {
        try await withAdmin {
            $0.hosts = [Authority(host: "ops.example.com")]
        } _: { port in
            let refused = [
                "origin: https://evil.example.com", "origin: null", "origin: http://localhost",
                "origin: http://localhost:1",
                "origin: https://localhost:\(port).example.com", "origin: file://localhost:\(port)",
                "origin: http://localhost:\(port)/", "origin: localhost:\(port)", "sec-fetch-site: cross-site",
                "origin: http://127.0.0.1:\(port)",
            ]
            for header in refused {
                for target in ["/healthz", "/", "/nowhere"] {
                    try await Ask.get(target, header).expect(403, from: port)
                }
            }
            let accepted = [
                "origin: http://localhost:\(port)", "origin: https://ops.example.com", "sec-fetch-site: same-origin",
                "sec-fetch-site: none",
            ]
            for header in accepted {
                try await Ask.get("/healthz", header).expect(200, from: port)
            }
        }
    }

    @Test("a WebSocket is not opened")
    func upgrade() async throws {
        try await withAdmin { port in
            try await Ask.get("/healthz", "upgrade: WebSocket", "sec-websocket-version: 13").expect(400, from: port)
        }
    }

    @Test("without the token nothing is told but what is open, not even whether a path exists")
    func token() async throws {
        try await withAdmin {
            $0.token = Secret("s3cret-token")
        } _: { port in
            let target = "/api/v1/chats/chat1/poll"
            let bare = try await Ask.post(target).expect(401, from: port)
            #expect(bare.header("www-authenticate") == #"Bearer realm="belfry""#)
            try await Ask.get("/nowhere").expect(401, from: port)
            let wrong = [
                "Bearer s3cret-toke", "Bearer s3cret-token2", "Bearer S3CRET-TOKEN", "Bearer ", "Basic s3cret-token",
                "s3cret-token",
            ]
            for value in wrong {
                try await Ask.post(target, nil, "authorization: \(value)").expect(401, from: port)
            }
            try await Ask.post(target, nil, "authorization: bearer s3cret-token").expect(404, from: port)
            try await Ask.get("/healthz").expect(200, from: port)
            try await Ask.get("/readyz").expect(200, from: port)
        }
    }

    @Test("a server that others can reach answers nothing without a token, should none be configured")
    func exposed() async throws {
        try await withAdmin {
            $0.isExposed = true
        } _: { port in
            try await Ask.post("/api/v1/chats/c/poll").expect(403, from: port)
        }
    }
}
