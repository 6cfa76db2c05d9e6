import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let streaming = [
        StoreConformance("events behind a number come oldest first, page by page, and what comes later follows") {
            store in
            let scene = try await StoreScene(store)
            var ids: [String] = []
            for second in 0..<9 {
                ids += try await scene.tell("c\(second % 3)", at: StoreScene.start + .seconds(second))
            }
            var seen: [String] = []
            var query = EventQuery(after: 0, limit: 2)
            while let last = try await store.events(query).last {
                seen += try await store.events(query).map(\.event.id)
                query.after = last.number
                if seen.count == 4 { ids += try await scene.tell("c4") }
            }
            #expect(seen == ids && seen.count == 10)
            query.after = .max
            #expect(try await store.events(query).isEmpty)
            query = EventQuery(chat: "c1", type: Filter.Pattern("chat.renamed"), after: 0)
            #expect(try await store.events(query).map(\.event.id) == [ids[4], ids[7]])
            query = EventQuery(
                since: StoreScene.start + .seconds(2), until: StoreScene.start + .seconds(6), before: 6, after: 3)
            #expect(try await store.events(query).map(\.event.id) == Array(ids[3..<5]))
        },
        StoreConformance("an event is found by its id until it is pruned") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 3)
            let all = try await store.events(EventQuery())
            #expect(try await store.event(ids[1]) == all[1])
            #expect(try await store.event("evt_none") == nil)
            try await scene.finishFront()
            #expect(try await store.prune(before: StoreScene.start + .seconds(1), limit: 1) == 1)
            #expect(try await store.event(ids[0]) == nil)
            #expect(try await store.event(ids[2]) == all[0])
        },
        StoreConformance("the newest number is the last event's, and stays when that is pruned") { store in
            #expect(try await store.newestEventNumber() == 0)
            let scene = try await StoreScene(store)
            try await scene.tell("c1", count: 2)
            let newest = try await store.events(EventQuery(limit: 1)).map(\.number)
            #expect(try await [store.newestEventNumber()] == newest)
            for _ in 0..<2 { try await scene.finishFront() }
            #expect(try await store.prune(before: StoreScene.start + .seconds(1), limit: 5) == 2)
            #expect(try await [store.newestEventNumber()] == newest)
            try await scene.tell("c1")
            #expect(try await store.events(EventQuery(after: newest[0])).count == 1)
        },
        StoreConformance("pages of events, deliveries and chats stay as they were, whatever comes in between") {
            store in
            let scene = try await StoreScene(store, [.named("a"), .named("b")])
            for number in 0..<7 { try await scene.tell("c\(number)") }
            let events = try await store.events(EventQuery()).map(\.number)
            let deliveries = try await store.deliveries(DeliveryQuery()).map(\.id)
            let chats = try await store.chats(ChatQuery()).map(\.id)
            var (eventPages, deliveryPages, chatPages) = ([Int64](), [DeliveryID](), [String]())
            for number in 0..<8 {
                eventPages += try await store.events(EventQuery(before: eventPages.last, limit: 2)).map(\.number)
                deliveryPages += try await store.deliveries(DeliveryQuery(after: deliveryPages.last, limit: 3)).map(
                    \.id)
                chatPages += try await store.chats(ChatQuery(after: chatPages.last, limit: 2)).map(\.id)
                try await scene.tell("b\(number)")
                if number < 7 { try await scene.finishFront() }
            }
            #expect(eventPages == events && deliveryPages == deliveries && chatPages == chats)
        },
    ]
}
