import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let filtering = [
        StoreConformance("deliveries are filtered by chat, type, event and time, alone and together") { store in
            try await makeDeliveriesOfManyKinds(store)
            let all = try await store.deliveries(DeliveryQuery())
            let noon = StoreScene.start + .seconds(3)
            let old = Set(try await store.events(EventQuery(until: noon)).map(\.number))
            #expect(all.count == 28 && Set(all.map(\.state)).count == 3)
            for endpoint in [nil, "a", "b"] {
                for state in [nil, .pending, .delivered, .dead] as [DeliveryState?] {
                    for chat in [nil, "c0", "nobody", ""] {
                        for type in [nil, "chat.*", "chat.watched", "endpoint.test", "watch.*"] {
                            for since in [nil, noon] {
                                let query = DeliveryQuery(
                                    endpoint: endpoint, state: state, chat: chat,
                                    type: type.map(Filter.Pattern.init), since: since, limit: 100)
                                let expected = all.filter { record in
                                    (endpoint == nil || record.endpoint == endpoint)
                                        && (state == nil || record.state == state)
                                        && (chat == nil || record.chat == chat)
                                        && query.type?.matches(record.type) ?? true
                                        && (since == nil || !old.contains(record.id.event))
                                }
                                #expect(try await store.deliveries(query) == expected, "\(query)")
                            }
                        }
                    }
                }
            }
        },
        StoreConformance("all deliveries of one event, and none of another") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none), .named("c")])
            try await scene.tell("c1", count: 3)
            try await scene.finishFront(scene.endpoints[2].number, .dead(reason: "no"))
            let number = try #require(try await store.events(EventQuery(limit: 3)).last).number
            let records = try await store.deliveries(ofEvent: number)
            #expect(records.map(\.endpoint) == ["a", "b", "c"] && records.allSatisfy { $0.id.event == number })
            #expect(records.map(\.state) == [.pending, .pending, .dead])
            #expect(try await store.deliveries(ofEvent: number + 3).isEmpty)
            #expect(try await store.deliveries(ofEvent: .max).isEmpty)
            let rest = DeliveryQuery(event: number, after: records[0].id)
            #expect(try await store.deliveries(rest) == Array(records.dropFirst()))
            #expect(try await store.deliveries(DeliveryQuery(chat: "c2", event: number)).isEmpty)
            let dead = DeliveryQuery(state: .dead, chat: "c1", type: Filter.Pattern("chat.watched"), event: number)
            #expect(try await store.deliveries(dead).map(\.endpoint) == ["c"])
        },
        StoreConformance("no chat has the empty id, and what is about no chat is not its") { store in
            let scene = try await StoreScene(store)
            _ = try await store.announce(.endpointTest, at: StoreScene.start, to: scene.subscriptions)
            #expect(try await store.events(EventQuery(chat: "")).isEmpty)
            #expect(try await store.deliveries(DeliveryQuery(chat: "")).isEmpty)
            #expect(try await store.deliveries(DeliveryQuery()).count == 1)
        },
        StoreConformance("a replay by time takes what happened in it, whatever the clock did meanwhile") { store in
            let scene = try await StoreScene(store, [.named("a", ordering: .none)])
            var ids: [String] = []
            // In the third and fifth step the clock is set back.
            for second in [10, 20, 5, 30, 15] {
                ids += try await scene.tell("c1", at: StoreScene.start + .seconds(second))
            }
            for _ in ids {
                try await scene.finishFront(nil, .dead(reason: "no"), at: StoreScene.start + .seconds(60))
            }
            let since = StoreScene.start + .seconds(10)
            let selection = ReplaySelection.endpoint(
                "a", state: .dead, since: since, until: StoreScene.start + .seconds(30))
            let now = StoreScene.start + .seconds(90)
            #expect(try await store.replay(selection, at: now) == 3)
            let pending = try await store.deliveries(DeliveryQuery(state: .pending)).map(\.eventID)
            #expect(pending == [ids[4], ids[1], ids[0]])
        },
    ]

    /// Deliveries of three chats and of none, at endpoints of both orderings, in every state, of a clock that was set back.
    private static func makeDeliveriesOfManyKinds(_ store: any Store) async throws {
        let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
        for (index, second) in [4, 5, 0, 7, 1, 2, 9, 3, 6, 8, 5, 4].enumerated() {
            try await scene.tell("c\(index % 3)", at: StoreScene.start + .seconds(second))
        }
        for second in [1, 8] {
            _ = try await store.announce(
                .endpointTest, at: StoreScene.start + .seconds(second), to: scene.subscriptions)
        }
        let now = StoreScene.start + .seconds(20)
        for endpoint in scene.endpoints.map(\.number) {
            for round in 0..<6 {
                try await scene.finishFront(endpoint, round % 3 == 1 ? .dead(reason: "no") : .delivered, at: now)
            }
            try await scene.finishFront(endpoint, .retry(at: now + .seconds(60), failures: 1), at: now)
        }
    }
}
