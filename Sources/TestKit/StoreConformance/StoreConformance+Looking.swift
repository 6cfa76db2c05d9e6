import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let looking = [
        StoreConformance("events are listed newest first, by chat, type and time, page by page") { store in
            let scene = try await StoreScene(store)
            var ids: [String: [String]] = [:]
            for second in 0..<10 {
                let chat = second % 2 == 0 ? "even" : "odd"
                ids[chat, default: []] += try await scene.tell(chat, at: StoreScene.start + .seconds(second))
            }
            let all = try await store.events(EventQuery()).map(\.event.id)
            #expect(all.count == 10 && Set(all) == Set(ids.values.joined()))
            let even = try await store.events(EventQuery(chat: "even")).map(\.event.id)
            #expect(even == ids["even"]?.reversed())
            #expect(try await store.events(EventQuery(chat: "nobody")).isEmpty)
            let baselines = try await store.events(EventQuery(type: Filter.Pattern("chat.watched")))
            #expect(baselines.map(\.event.id) == [ids["odd"]?[0], ids["even"]?[0]])
            #expect(try await store.events(EventQuery(type: Filter.Pattern("chat.*"))).count == 10)
            #expect(try await store.events(EventQuery(type: Filter.Pattern("watch.*"))).isEmpty)
            let middle = EventQuery(since: StoreScene.start + .seconds(3), until: StoreScene.start + .seconds(6))
            #expect(try await store.events(middle).map(\.event.id) == Array(all[4..<7]))
            var pages: [String] = []
            var query = EventQuery(limit: 3)
            while let last = try await store.events(query).last {
                pages += try await store.events(query).map(\.event.id)
                query.before = last.number
            }
            #expect(pages == all)
            let evenPage = EventQuery(
                chat: "even", before: try await store.events(EventQuery()).first?.number, limit: 2)
            #expect(try await store.events(evenPage).map(\.event.id) == Array(even.prefix(2)))
        },
        StoreConformance("deliveries are listed newest event first, by endpoint, state and time, page by page") {
            store in
            let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
            for second in 0..<6 {
                try await scene.tell("c\(second % 2)", at: StoreScene.start + .seconds(second))
            }
            let now = StoreScene.start + .seconds(10)
            try await scene.finishFront(nil, .delivered, at: now)
            try await scene.finishFront(nil, .dead(reason: "no"), at: now)
            let all = try await store.deliveries(DeliveryQuery())
            #expect(all.count == 12)
            let order = all.map { [-$0.id.event, $0.id.endpoint] }
            #expect(order == order.sorted { $0.lexicographicallyPrecedes($1) })
            for state in DeliveryState.allCases {
                let some = try await store.deliveries(DeliveryQuery(state: state))
                #expect(some == all.filter { $0.state == state })
            }
            let ofB = try await store.deliveries(DeliveryQuery(endpoint: "b"))
            #expect(ofB == all.filter { $0.endpoint == "b" } && ofB.count == 6)
            #expect(try await store.deliveries(DeliveryQuery(endpoint: "nobody")).isEmpty)
            let middle = DeliveryQuery(since: StoreScene.start + .seconds(1), until: StoreScene.start + .seconds(3))
            #expect(try await store.deliveries(middle) == Array(all[6..<10]))
            for state in [nil, DeliveryState.pending] {
                var pages: [DeliveryRecord] = []
                var query = DeliveryQuery(state: state, limit: 5)
                while case let page = try await store.deliveries(query), let last = page.last {
                    pages += page
                    query.after = last.id
                }
                #expect(pages == all.filter { state == nil || $0.state == state })
            }
        },
        StoreConformance("a delivery's record tells its event, its state and its time") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            let later = StoreScene.start + .seconds(60)
            let first = try await scene.finishFront(nil, .retry(at: later, failures: 1))
            let found = try #require(try await store.delivery(first.id))
            #expect(
                found.record
                    == DeliveryRecord(
                        id: first.id, endpoint: "a", eventID: ids[0], chat: "c1", type: .chatWatched, state: .pending,
                        queuedAt: StoreScene.start, attempts: 1, dueOrFinishedAt: later, reason: nil))
            #expect(
                found.attempts
                    == [first.outcome(.delivered, at: StoreScene.start).attempt].compactMap { attempt in
                        var attempt = attempt
                        attempt?.result = .retry
                        attempt?.status = 500
                        return attempt
                    })
            #expect(try await store.deliveries(DeliveryQuery()).last == found.record)
            let event = try await store.announce(.endpointTest, at: later, to: scene.subscriptions)
            let newest = try #require(try await store.deliveries(DeliveryQuery(limit: 1)).first)
            #expect(newest.eventID == event.id && newest.chat == nil && newest.type == .endpointTest)
            let last = DeliveryID(event: .min, endpoint: first.id.endpoint)
            #expect(try await store.delivery(last) == nil)
            #expect(try await store.deliveries(DeliveryQuery(after: last)).isEmpty)
        },
    ]
}
