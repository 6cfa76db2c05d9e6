import Admin
import Deliveries
import JSON
import Store
import TestKit
import Testing
import Time

@Suite struct ListingTests {
    @Test("events are listed newest first, each as it was stored, and filtered by chat, type and time")
    func events() async throws {
        let scene = try await Scene()
        let first = try await scene.store.tell("chat0", count: 2)
        let second = try await scene.store.tell("chat1", at: StoreScene.start + .seconds(60))
        try await scene.serve { port in
            let all = try await Ask.get("/api/v1/events").expect(200, from: port)
            #expect(all.json["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == (first + second).reversed())
            #expect(all.json["next"] == .null)
            #expect(all.json["data"]?[0]?["data"]?["chat"]?["id"] == "chat1")
            let filters = [
                "chat=chat1": second, "chat=Board": first.reversed(), "chat=nobody": [],
                "type=chat.renamed": [first[1]],
                "type=chat.*": (first + second).reversed(), "type=watch.*": [],
                "since=\(StoreScene.start + .seconds(1))": second,
                "until=\(StoreScene.start + .seconds(1))": first.reversed(),
                "since=2026-09-21&limit=1": second, "limit=2": (first + second).suffix(2).reversed(),
            ]
            for (filter, expected) in filters {
                let reply = try await Ask.get("/api/v1/events?\(filter)").expect(200, from: port)
                #expect(reply.json["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == expected, "\(filter)")
            }
        }
    }

    @Test("an event is shown with its deliveries; an unknown one is 404")
    func event() async throws {
        let scene = try await Scene()
        let ids = try await scene.store.tell("chat0")
        try await scene.store.finishFront(scene.number("ops"))
        try await scene.serve { port in
            let reply = try await Ask.get("/api/v1/events/\(ids[0])").expect(200, from: port)
            #expect(reply.json["type"] == "chat.watched")
            let deliveries = reply.json["deliveries"]?.arrayValue ?? []
            #expect(deliveries.map { $0["endpoint"] } == ["ops", "audit"])
            #expect(deliveries.map { $0["state"] } == ["delivered", "pending"])
            #expect(deliveries[0]["dueAt"] == .null)
            #expect(deliveries[1]["finishedAt"] == .null)
            try await Ask.get("/api/v1/events/evt_nothing").expect(404, from: port)
        }
    }

    @Test(
        "pages of events stay in order while new ones come in: nothing twice, nothing left out",
        arguments: [1, 3, 10, 11])
    func eventPages(limit: Int) async throws {
        let scene = try await Scene()
        let ids = try await scene.store.tell("chat0", count: 10)
        try await scene.serve { port in
            let pages = try await Walk(port: port, list: "/api/v1/events").all("id", by: limit) {
                try await scene.store.tell("chat1", count: 2)
            }
            #expect(pages.flatMap { $0 } == ids.reversed())
            #expect(pages.dropLast().allSatisfy { $0.count == limit })
        }
    }

    @Test("pages of deliveries stay in order while deliveries end, come in and are replayed", arguments: [1, 3, 20])
    func deliveryPages(limit: Int) async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0", count: 10)
        try await scene.serve { port in
            let first = try await Ask.get("/api/v1/deliveries?limit=500").expect(200, from: port)
            let ids = first.json["data"]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
            #expect(ids.count == 20)
            let pages = try await Walk(port: port, list: "/api/v1/deliveries").all("id", by: limit) {
                try await scene.store.tell("chat1")
                try await scene.store.finishFront(scene.number("ops"))
            }
            #expect(pages.flatMap { $0 } == ids)
        }
    }

    @Test("deliveries are filtered by endpoint, state, chat and type")
    func deliveries() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0", count: 2)
        try await scene.store.tell("chat1")
        try await scene.store.finishFront(scene.number("ops"), .dead(reason: "rejected"))
        try await scene.serve { port in
            let counts = [
                "": 6, "?endpoint=ops": 3, "?endpoint=nobody": 0, "?state=dead": 1, "?state=pending": 5,
                "?state=delivered": 0, "?chat=Board": 4, "?chat=chat1": 2, "?type=chat.renamed": 2,
                "?endpoint=ops&state=pending&chat=chat0": 1,
            ]
            for (filter, count) in counts {
                let reply = try await Ask.get("/api/v1/deliveries\(filter)").expect(200, from: port)
                #expect(reply.json["data"]?.arrayValue?.count == count, "\(filter)")
            }
            let dead = try await Ask.get("/api/v1/deliveries?state=dead").expect(200, from: port).json["data"]?[0]
            #expect(dead?["reason"] == "rejected")
            #expect(dead?["attempts"] == 1)
        }
    }

    @Test("chats are listed by id with what is stored and what is expected, and new ones are among them")
    func chats() async throws {
        let scene = try await Scene(chats: 4)
        try await scene.store.tell("chat1", count: 2)
        try await scene.store.tell("gone")
        try await scene.serve { port in
            let pages = try await Walk(port: port, list: "/api/v1/chats").all("id", by: 3)
            #expect(pages == [["chat0", "chat1", "chat2"], ["chat3"]])
            let rows = try await Ask.get("/api/v1/chats").expect(200, from: port).json["data"]?.arrayValue ?? []
            #expect(rows.map { $0["state"] } == ["new", "watched", "new", "new"])
            #expect(rows[0]["label"] == "Board")
            #expect(rows[1]["name"] == "Name 1")
            #expect(rows[1]["sequence"] == 2)
            #expect(rows[1]["expected"]?["interval"] == "1h43m")
            #expect(rows[1]["expected"]?["delay"] == "51m")
            let new = try await Walk(port: port, list: "/api/v1/chats?state=new").all("id", by: 1)
            #expect(new == [["chat0"], ["chat2"], ["chat3"]])
            #expect(try await Walk(port: port, list: "/api/v1/chats?state=watched").all("id", by: 1) == [["chat1"]])
            #expect(try await Walk(port: port, list: "/api/v1/chats?state=dismissed").all("id", by: 1) == [[]])
            #expect(try await Walk(port: port, list: "/api/v1/chats?chat=Board").all("id", by: 1) == [["chat0"]])
        }
    }

    @Test("a chat is shown by id or label with its snapshot, also when it is configured no more")
    func chat() async throws {
        let scene = try await Scene()
        try await scene.store.tell("chat0")
        try await scene.store.tell("gone")
        try await scene.serve { port in
            for name in ["chat0", "Board"] {
                let reply = try await Ask.get("/api/v1/chats/\(name)").expect(200, from: port)
                #expect(reply.json["id"] == "chat0")
                #expect(reply.json["snapshot"] == ["name": "Name 0"])
                #expect(reply.json["configured"] == true)
            }
            let new = try await Ask.get("/api/v1/chats/chat2").expect(200, from: port)
            #expect(new.json["snapshot"] == .null)
            let gone = try await Ask.get("/api/v1/chats/gone").expect(200, from: port)
            #expect(gone.json["configured"] == false)
            #expect(gone.json["state"] == "watched")
            #expect(gone.json["expected"] == .null)
            try await Ask.get("/api/v1/chats/nobody").expect(404, from: port)
        }
    }

    @Test(
        "a parameter that is unknown, repeated, empty or malformed is a 400 that names it",
        arguments: [
            ("events", "limit=0", "limit"), ("events", "limit=501", "limit"), ("events", "limit=ten", "limit"),
            ("events", "limit=+5", "limit"), ("events", "limit=1&limit=2", "limit"), ("events", "state=dead", "state"),
            ("events", "cursor=!", "cursor"), ("events", "cursor=zzzzzzzzzzzzz", "cursor"),
            ("events", "type=nothing", "type"),
            ("events", "type=", "type"), ("events", "type", "type"), ("events", "since=yesterday", "since"),
            ("events", "until=2026-13-01", "until"), ("events", "chat=%zz", "chat"), ("events", "chat=%ff", "chat"),
            ("events", "nothing=1", "nothing"), ("events", "%zz=1", "%zz"), ("deliveries", "state=done", "state"),
            ("deliveries", "cursor=1", "cursor"), ("deliveries", "cursor=1-2-3", "cursor"),
            ("chats", "cursor=abc", "cursor"),
            ("chats", "state=active", "state"), ("chats", "type=chat.*", "type"), ("endpoints", "state=new", "state"),
            ("endpoints", "chat=chat0", "chat"), ("status", "limit=1", "limit"),
            ("stream", "since=2026-01-01", "since"),
        ])
    func parameters(list: String, query: String, name: String) async throws {
        try await withAdmin { port in
            let reply = try await Ask.get("/api/v1/\(list)?\(query)").expect(400, from: port)
            #expect(reply.json["detail"]?.stringValue?.contains("\"\(name)\"") == true)
        }
    }

    @Test("when the store fails, what needs it is 503 and says so")
    func failure() async throws {
        let scene = try await Scene()
        await scene.operations.store.breakDown("disk full")
        try await scene.serve { port in
            for target in ["status", "chats", "chats/chat0", "events", "events/e", "deliveries", "endpoints", "stream"]
            {
                let reply = try await Ask.get("/api/v1/\(target)").expect(503, from: port)
                #expect(reply.json["detail"]?.stringValue?.contains("disk full") == true)
            }
            try await Ask.get("/healthz").expect(200, from: port)
        }
    }
}
