import Admin
import Deliveries
import JSON
import Store
import Telemetry
import TestKit
import Testing
import Time

@Suite struct EndpointTests {
    private static let secretPath = "T0PSECRETPATH"

    private func scene() async throws -> Scene {
        let ops = Endpoint(
            name: "ops", url: Secret("https://hooks.example.com/\(Self.secretPath)"), format: FormatName.slack.format,
            filter: Filter(events: [Filter.Pattern("chat.members.*")], chats: ["b", "a"]), ordering: .none,
            concurrency: 4,
            rate: Rate(count: 20, per: .seconds(60)))
        return try await Scene(endpoints: [ops, .named("audit")])
    }

    @Test("an endpoint is shown as it is configured and as it fares, its address masked")
    func list() async throws {
        let scene = try await scene()
        try await scene.store.tell("chat0", count: 2)
        try await scene.store.finishFront(scene.number("audit"), .dead(reason: "rejected"))
        try await scene.serve { port in
            let reply = try await Ask.get("/api/v1/endpoints").expect(200, from: port)
            #expect(!reply.text.contains(Self.secretPath))
            let ops = reply.json["data"]?[0]
            #expect(ops?["name"] == "ops")
            #expect(ops?["url"]?.stringValue?.hasPrefix("https://hooks.example.com/…#") == true)
            #expect(ops?["format"] == "slack")
            #expect(ops?["events"] == ["chat.members.*"])
            #expect(ops?["chats"] == ["a", "b"])
            #expect(ops?["ordering"] == "none")
            #expect(ops?["concurrency"] == 4)
            #expect(ops?["rate"] == "20/m")
            #expect(ops?["state"] == "active")
            #expect(ops?["oldestDueAt"] == .null)
            let audit = try await Ask.get("/api/v1/endpoints/audit").expect(200, from: port).json
            #expect(audit["pending"] == 1)
            #expect(audit["dead"] == 1)
            #expect(audit["chats"] == ["*"])
            #expect(audit["rate"] == .null)
            #expect(audit["oldestDueAt"]?.stringValue == StoreScene.start.description)
            try await Ask.get("/api/v1/endpoints/nobody").expect(404, from: port)
        }
    }

    @Test("endpoints are filtered by state and turned in pages")
    func pages() async throws {
        let scene = try await Scene(endpoints: (0..<5).map { .named("e\($0)") })
        try await scene.serve { port in
            #expect(
                try await Walk(port: port, list: "/api/v1/endpoints").all("name", by: 2) == [
                    ["e0", "e1"], ["e2", "e3"], ["e4"],
                ])
            try await Ask.post("/api/v1/endpoints/e3/pause").expect(200, from: port)
            #expect(try await Walk(port: port, list: "/api/v1/endpoints?state=paused").all("name", by: 2) == [["e3"]])
            #expect(try await Walk(port: port, list: "/api/v1/endpoints?endpoint=e2").all("name", by: 2) == [["e2"]])
        }
    }

    @Test("why an endpoint fails is said")
    func failing() async throws {
        let scene = try await scene()
        var state = scene.store.endpoints[0]
        state.breaker = Breaker(failures: 7, failingSince: StoreScene.start, probeAt: StoreScene.start + .seconds(40))
        try await scene.operations.store.save(state)
        scene.operations.set { $0.endpoints[0].trouble = "status 503" }
        try await scene.serve { port in
            let reply = try await Ask.get("/api/v1/endpoints/ops").expect(200, from: port)
            #expect(reply.json["state"] == "failing")
            #expect(reply.json["reason"] == "status 503")
            #expect(reply.json["failures"] == 7)
            #expect(reply.json["probeAt"]?.stringValue == (StoreScene.start + .seconds(40)).description)
            let status = try await Ask.get("/api/v1/status").expect(200, from: port)
            #expect(status.json["health"] == ["state": "warning", "reasons": [#"endpoint "ops" fails: status 503"#]])
            #expect(status.json["endpoints"] == ["active": 1, "failing": 1, "paused": 0, "disabled": 0])
        }
    }

    @Test("pause and resume answer with the endpoint as it is then")
    func pause() async throws {
        let scene = try await scene()
        try await scene.serve { port in
            let paused = try await Ask.post("/api/v1/endpoints/ops/pause").expect(200, from: port)
            #expect(paused.json["state"] == "paused")
            let resumed = try await Ask.post("/api/v1/endpoints/ops/resume").expect(200, from: port)
            #expect(resumed.json["state"] == "active")
            for verb in ["pause", "resume", "test"] {
                try await Ask.post("/api/v1/endpoints/nobody/\(verb)").expect(404, from: port)
            }
            try await Ask.post("/api/v1/endpoints/ops/explode").expect(404, from: port)
            await scene.operations.store.breakDown()
            try await Ask.post("/api/v1/endpoints/ops/pause").expect(503, from: port)
        }
    }

    @Test("a test shows request, response and verdict, and that no answer came")
    func trial() async throws {
        let scene = try await Scene(endpoints: [.named("ops"), .named("silent")])
        try await scene.serve { port in
            let reply = try await Ask.post("/api/v1/endpoints/ops/test").expect(200, from: port)
            #expect(reply.json["delivered"] == false)
            #expect(reply.json["verdict"] == "retry")
            #expect(reply.json["status"] == 503)
            #expect(reply.json["duration"] == "83ms")
            #expect(reply.json["response"]?["headers"] == [["name": "retry-after", "value": "30"]])
            let silent = try await Ask.post("/api/v1/endpoints/silent/test").expect(200, from: port)
            #expect(silent.json["status"] == .null)
            #expect(silent.json["response"] == .null)
        }
    }

    @Test("only what is configured no more can be dropped")
    func drop() async throws {
        let scene = try await scene()
        try await scene.store.tell("chat0", count: 3)
        try await scene.serve { port in
            let ask = Ask(method: "DELETE", target: "/api/v1/endpoints/audit", host: "localhost:PORT")
            try await ask.expect(409, from: port)
            scene.operations.set { $0.endpoints.removeLast() }
            let shown = try await Ask.get("/api/v1/endpoints/audit").expect(200, from: port)
            #expect(shown.json["configured"] == false)
            #expect(shown.json["url"] == .null)
            #expect(shown.json["pending"] == 3)
            let dropped = try await ask.expect(200, from: port)
            #expect(dropped.json == ["dropped": 3])
            try await ask.expect(404, from: port)
            try await Ask.get("/api/v1/endpoints/audit").expect(404, from: port)
        }
    }
}
