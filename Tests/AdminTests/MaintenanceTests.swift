import Admin
import JSON
import TestKit
import Testing
import Time

@Suite struct MaintenanceTests {
    @Test("the status brings together what the daemon and the store know")
    func status() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0", count: 2)
        try await scene.store.finishFront(scene.number("ops"))
        scene.operations.set { state in
            (state.watch.chats.new, state.watch.chats.watched) = (2, 1)
            state.watch.polls.total = 10
        }
        try await scene.serve { port in
            let status = try await Ask.get("/api/v1/status").expect(200, from: port).json
            #expect(status["version"] == "0.1.0")
            #expect(status["health"] == ["state": "ok", "reasons": []])
            #expect(
                status["watch"]?["chats"] == [
                    "configured": 3, "new": 2, "watched": 1, "unreachable": 0, "dismissed": 0,
                ])
            #expect(status["watch"]?["polls"]?["total"] == 10)
            #expect(status["budget"]?["remaining"] == 3211)
            #expect(status["queue"]?["pending"] == 3)
            #expect(status["queue"]?["delivered"] == 1)
            #expect(status["queue"]?["oldestDueAt"]?.stringValue == StoreScene.start.description)
            #expect(status["endpoints"]?["active"] == 2)
            #expect(status["store"]?["path"] == "/data/belfry.db")
        }
    }

    @Test("a reload tells what changed; one that is refused tells what is wrong")
    func reload() async throws {
        let scene = try await Scene()
        try await scene.serve { port in
            scene.operations.set { $0.reload = .reloaded(changes: [#"endpoint "ops" added"#]) }
            let reply = try await Ask.post("/api/v1/reload").expect(200, from: port)
            #expect(reply.json == ["changes": [#"endpoint "ops" added"#]])
            scene.operations.set { $0.reload = .refused(problems: ["config.json:12:7: no"]) }
            let refused = try await Ask.post("/api/v1/reload").expect(422, from: port)
            #expect(refused.json["problems"] == ["config.json:12:7: no"])
        }
    }

    @Test("a backup takes an absolute path, and says why it cannot be written")
    func backup() async throws {
        let scene = try await Scene()
        try await scene.serve { port in
            let reply = try await Ask.post("/api/v1/backup", #"{"path":"/tmp/copy.db"}"#).expect(200, from: port)
            #expect(reply.json == ["path": "/tmp/copy.db", "bytes": 4096])
            for body in [
                #"{"path":"copy.db"}"#, #"{"path":""}"#, "{}", #"{"path":"/a\u0000b"}"#, #"{"path":"/a","force":true}"#,
            ] {
                try await Ask.post("/api/v1/backup", body).expect(400, from: port)
            }
            #expect(scene.operations.current.backups == ["/tmp/copy.db"])
            scene.operations.set { $0.backup = .refused("it exists already") }
            try await Ask.post("/api/v1/backup", #"{"path":"/tmp/copy.db"}"#).expect(409, from: port)
        }
    }

    @Test("history and metrics are passed on")
    func history() async throws {
        let scene = try await Scene()
        var point = HistoryReport.Point(at: StoreScene.start)
        point.events = 3
        point.pending = ["ops": 2, "audit": 0]
        point.medianLatency = 0.25
        let history = HistoryReport(step: .seconds(60), points: [point])
        scene.operations.set { $0.history = history }
        try await scene.serve { port in
            let reply = try await Ask.get("/api/v1/history").expect(200, from: port)
            #expect(reply.json["step"] == "1m")
            #expect(
                reply.json["points"]?[0] == [
                    "at": .string(StoreScene.start.description), "events": 3, "delivered": 0, "dead": 0, "attempts": 0,
                    "latencyP50": 0.25, "latencyP99": .null, "pending": ["audit": 0, "ops": 2], "callsRemaining": .null,
                ])
            let metrics = try await Ask.get("/metrics").expect(200, from: port)
            #expect(metrics.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.body == "belfry_build_info{version=\"0.1.0\"} 1\n")
        }
    }
}
