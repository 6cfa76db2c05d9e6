import Admin
import Deliveries
import JSON
import Store
import TestKit
import Testing
import Time

@Suite struct DeliveryTests {
    @Test("a delivery is shown with its tries and with what would be sent today")
    func delivery() async throws {
        let scene = try await Scene()
        let ids = try await scene.store.tell("chat0")
        let ops = scene.number("ops")
        let failed = try await scene.store.finishFront(ops, .retry(at: StoreScene.start + .seconds(5), failures: 1))
        try await scene.store.finishFront(ops, at: StoreScene.start + .seconds(5))
        try await scene.serve { port in
            let reply = try await Ask.get("/api/v1/deliveries/\(failed.id)").expect(200, from: port)
            #expect(reply.json["event"]?.stringValue == ids[0])
            #expect(reply.json["state"] == "delivered")
            #expect(reply.json["finishedAt"]?.stringValue == (StoreScene.start + .seconds(5)).description)
            let tries = reply.json["tries"]?.arrayValue ?? []
            #expect(tries.map { $0["result"] } == ["retry", "delivered"])
            #expect(
                tries.first == [
                    "number": 1, "startedAt": .string(StoreScene.start.description), "duration": "12ms",
                    "result": "retry",
                    "status": 500, "rule": "as told", "response": "ok",
                ])
            #expect(reply.json["request"]?["method"] == "POST")
            #expect(reply.json["request"]?["headers"] == [["name": "webhook-id", "value": .string(ids[0])]])
        }
    }

    @Test("of an endpoint that is configured no more no request can be shown")
    func removed() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0")
        let front = try await scene.store.front(scene.number("audit"))
        scene.operations.set { $0.endpoints.removeLast() }
        try await scene.serve { port in
            let reply = try await Ask.get("/api/v1/deliveries/\(front.id)").expect(200, from: port)
            #expect(reply.json["request"] == .null)
        }
    }

    @Test(
        "what is no delivery is 404", arguments: ["dlv_9_9", "dlv_1", "evt_1", "dlv_x_y", "dlv_99999999999999999999_1"])
    func unknown(id: String) async throws {
        try await withAdmin { port in
            try await Ask.get("/api/v1/deliveries/\(id)").expect(404, from: port)
            try await Ask.post("/api/v1/deliveries/\(id)/replay").expect(404, from: port)
        }
    }

    @Test("a replay queues what ended again and wakes the dispatcher; what waits is left alone")
    func replay() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0")
        let front = try await scene.store.finishFront(scene.number("ops"), .dead(reason: "rejected"))
        try await scene.serve { port in
            let reply = try await Ask.post("/api/v1/deliveries/\(front.id)/replay").expect(202, from: port)
            #expect(reply.json == ["replayed": 1])
            #expect(scene.operations.current.wakes == 1)
            let shown = try await Ask.get("/api/v1/deliveries/\(front.id)").expect(200, from: port)
            #expect(shown.json["state"] == "pending")
            let again = try await Ask.post("/api/v1/deliveries/\(front.id)/replay").expect(202, from: port)
            #expect(again.json == ["replayed": 0])
            #expect(scene.operations.current.wakes == 1)
        }
    }

    @Test("a whole endpoint is replayed by state and time")
    func replayEndpoint() async throws {
        let scene = try await Scene()
        for offset in 0..<4 {
            try await scene.store.tell("chat0", at: StoreScene.start + .seconds(60 * offset))
            let end: LedgerEntry.Resolution = offset == 3 ? .delivered : .dead(reason: "rejected")
            try await scene.store.finishFront(scene.number("ops"), end, at: StoreScene.start + .seconds(600))
        }
        try await scene.serve { port in
            let late = StoreScene.start + .seconds(60)
            let some = try await Ask.post(
                "/api/v1/replay", #"{"endpoint":"ops","state":"dead","since":"\#(late)","until":null}"#
            ).expect(202, from: port)
            #expect(some.json == ["replayed": 2])
            let rest = try await Ask.post("/api/v1/replay", #"{"endpoint":"ops","state":"dead"}"#).expect(
                202, from: port)
            #expect(rest.json == ["replayed": 1])
            let delivered = try await Ask.post("/api/v1/replay", #"{"endpoint":"ops","state":"delivered"}"#)
                .expect(202, from: port)
            #expect(delivered.json == ["replayed": 1])
            try await Ask.post("/api/v1/replay", #"{"endpoint":"nobody","state":"dead"}"#).expect(404, from: port)
        }
    }

    @Test(
        "a replay's body must say what it means",
        arguments: [
            ("", "JSON"), ("[]", "JSON object"), ("{", "JSON"), (#"{"state":"dead"}"#, "\"endpoint\""),
            (#"{"endpoint":"","state":"dead"}"#, "\"endpoint\""), (#"{"endpoint":7,"state":"dead"}"#, "\"endpoint\""),
            (#"{"endpoint":"ops"}"#, "\"state\""), (#"{"endpoint":"ops","state":"pending"}"#, "\"state\""),
            (#"{"endpoint":"ops","state":"dead","since":"soon"}"#, "\"since\""),
            (#"{"endpoint":"ops","state":"dead","until":7}"#, "\"until\""),
            (#"{"endpoint":"ops","state":"dead","when":"now"}"#, "\"when\""),
        ])
    func malformed(body: String, detail: String) async throws {
        let scene = try await Scene()
        try await scene.serve { port in
            let reply = try await Ask.post("/api/v1/replay", body).expect(400, from: port)
            #expect(reply.json["detail"]?.stringValue?.contains(detail) == true)
        }
    }

    @Test("a form is no JSON, whatever it holds")
    func contentType() async throws {
        try await withAdmin { port in
            for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""] {
                let ask = Ask(
                    method: "POST", target: "/api/v1/replay", host: "localhost:PORT",
                    headers: ["content-type: \(type)"],
                    body: #"{"endpoint":"ops","state":"dead"}"#)
                try await ask.expect(415, from: port)
            }
            let charset = Ask(
                method: "POST", target: "/api/v1/replay", host: "localhost:PORT",
                headers: ["content-type: Application/JSON; charset=utf-8"], body: #"{"endpoint":"ops","state":"dead"}"#)
            try await charset.expect(404, from: port)
        }
    }
}
