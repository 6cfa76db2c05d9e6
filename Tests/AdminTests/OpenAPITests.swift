import Admin
import JSON
import Store
import Telemetry
import TestKit
import Testing

@Suite struct OpenAPITests {
    private func document(_ port: Int) async throws -> JSONValue {
        try await Ask.get("/openapi.json").expect(200, from: port).json
    }

    @Test("every operation has an id of its own, and every reference leads somewhere")
    func references() async throws {
        try await withAdmin { port in
            let document = try await document(port)
            #expect(document["openapi"] == "3.1.0")
            let operations = document["paths"]?.objectValue?.flatMap { $0.value.objectValue?.map(\.value) ?? [] } ?? []
            let ids = operations.compactMap { $0["operationId"]?.stringValue }
            #expect(ids.count == operations.count)
            #expect(Set(ids).count == ids.count)
            #expect(ids.count == 23)
            let known = document["components"]?["schemas"]?.objectValue?.keys ?? []
            for reference in references(in: document) {
                #expect(known.contains { reference == "#/components/schemas/\($0)" }, "\(reference)")
            }
        }
    }

    private func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let object):
            object.flatMap { key, value in
                key == "$ref" ? [value.stringValue ?? ""] : references(in: value)
            }
        case .array(let array): array.flatMap(references)
        default: []
        }
    }

    @Test("every answer is what the description says")
    func conformance() async throws {
        let scene = try await Scene(endpoints: [.named("ops"), .named("silent"), .named("removed")])
        let events = try await scene.store.tell("chat0", count: 3)
        try await scene.store.tell("chat1")
        let front = try await scene.store.finishFront(scene.number("ops"), .dead(reason: "rejected"))
        let history = HistoryReport(step: .seconds(60), points: [HistoryReport.Point(at: StoreScene.start)])
        scene.operations.set { state in
            state.endpoints.removeLast()
            state.polls["chat0"] = .polled(.changed, detail: "", events: ["evt_a"])
            state.polls["chat1"] = .queued(notBefore: StoreScene.start)
            state.history = history
            state.watch.lastReload = .init(at: StoreScene.start, succeeded: true, detail: "")
        }
        try await scene.serve { port in
            let document = try await document(port)
            let asks: [(Ask, path: String, status: Int)] = [
                (.get("/healthz"), "/healthz", 200), (.get("/readyz"), "/readyz", 200),
                (.get("/api/v1/status"), "/api/v1/status", 200), (.get("/api/v1/history"), "/api/v1/history", 200),
                (.get("/api/v1/chats"), "/api/v1/chats", 200), (.get("/api/v1/chats/chat0"), "/api/v1/chats/{id}", 200),
                (.get("/api/v1/chats/chat2"), "/api/v1/chats/{id}", 200),
                (.post("/api/v1/chats/chat0/poll"), "/api/v1/chats/{id}/poll", 200),
                (.post("/api/v1/chats/chat1/poll"), "/api/v1/chats/{id}/poll", 202),
                (.post("/api/v1/chats/none/poll"), "/api/v1/chats/{id}/poll", 404),
                (.get("/api/v1/events?limit=1"), "/api/v1/events", 200),
                (.get("/api/v1/events/\(events[0])"), "/api/v1/events/{id}", 200),
                (.get("/api/v1/deliveries"), "/api/v1/deliveries", 200),
                (.get("/api/v1/deliveries?nothing=1"), "/api/v1/deliveries", 400),
                (.get("/api/v1/deliveries/\(front.id)"), "/api/v1/deliveries/{id}", 200),
                (.post("/api/v1/deliveries/\(front.id)/replay"), "/api/v1/deliveries/{id}/replay", 202),
                (.post("/api/v1/replay", #"{"endpoint":"ops","state":"dead"}"#), "/api/v1/replay", 202),
                (.get("/api/v1/endpoints"), "/api/v1/endpoints", 200),
                (.get("/api/v1/endpoints/removed"), "/api/v1/endpoints/{name}", 200),
                (.post("/api/v1/endpoints/ops/pause"), "/api/v1/endpoints/{name}/pause", 200),
                (.post("/api/v1/endpoints/ops/resume"), "/api/v1/endpoints/{name}/resume", 200),
                (.post("/api/v1/endpoints/ops/test"), "/api/v1/endpoints/{name}/test", 200),
                (.post("/api/v1/endpoints/silent/test"), "/api/v1/endpoints/{name}/test", 200),
                (
                    Ask(method: "DELETE", target: "/api/v1/endpoints/removed", host: "localhost:PORT"),
                    "/api/v1/endpoints/{name}", 200
                ),
                (.post("/api/v1/reload"), "/api/v1/reload", 200),
                (.post("/api/v1/backup", #"{"path":"/tmp/x"}"#), "/api/v1/backup", 200),
            ]
            for (ask, path, status) in asks {
                let reply = try await ask.expect(status, from: port)
                let operation = document["paths"]?[path]?[ask.method.lowercased()]
                let responses = operation?["responses"]
                let response = responses?[String(status)] ?? responses?["default"]
                let type = status < 400 ? "application/json" : "application/problem+json"
                let schema = try #require(response?["content"]?[type]?["schema"], "\(path)")
                let faults = SchemaCheck(document: document).faults(of: reply.json, by: schema)
                #expect(faults.isEmpty, "\(ask.method) \(path)")
            }
        }
    }

    @Test("the token is described when there is one, and the base path always")
    func configuration() async throws {
        try await withAdmin { configuration in
            configuration.token = Secret("t")
            configuration.basePath = "/belfry/"
        } _: { port in
            let reply = try await Ask.get("/belfry/openapi.json", "authorization: Bearer t").expect(200, from: port)
            #expect(reply.json["servers"] == [["url": "/belfry"]])
            #expect(reply.json["components"]?["securitySchemes"]?["token"]?["scheme"] == "bearer")
            #expect(reply.json["paths"]?["/api/v1/status"]?["get"]?["security"] == [["token": []]])
            #expect(reply.json["paths"]?["/healthz"]?["get"]?["security"] == nil)
            try await Ask.get("/belfry/openapi.json").expect(401, from: port)
        }
        try await withAdmin { port in
            let document = try await document(port)
            #expect(document["servers"] == [["url": "/"]])
            #expect(document["components"]?["securitySchemes"] == nil)
        }
    }
}
