import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let dropping = [
        StoreConformance("what is due first is told for each endpoint where something waits") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none), .named("c")])
            let (a, b, c) = (scene.endpoints[0].number, scene.endpoints[1].number, scene.endpoints[2].number)
            #expect(try await store.oldestDue() == [:])
            try await scene.tell("c1")
            let later = StoreScene.start + .seconds(5)
            try await scene.tell("c2", at: later)
            try await scene.finishFront(a, .retry(at: StoreScene.start + .seconds(60), failures: 1))
            try await scene.finishFront(b, at: later)
            #expect(try await store.oldestDue() == [a: later, b: later, c: StoreScene.start])
            try await scene.finishFront(b, at: later)
            #expect(try await store.oldestDue() == [a: later, c: StoreScene.start])
            try await scene.finishFront(a, at: later)
            #expect(try await store.oldestDue() == [a: StoreScene.start + .seconds(60), c: StoreScene.start])
        },
        StoreConformance("a dropped endpoint is gone with its deliveries and tries; its events and the others stay") {
            store in
            let scene = try await StoreScene(store, [.named("a"), .named("b")])
            let b = scene.endpoints[1].number
            try await scene.tell("c1", count: 3)
            let ids = try await scene.tell("c2")
            for endpoint in [scene.endpoint, b] {
                try await scene.finishFront(endpoint)
                try await scene.start(scene.front(endpoint))
            }
            let kept = try await store.deliveries(DeliveryQuery(endpoint: "b"))
            let dropped = try await store.deliveries(DeliveryQuery(endpoint: "a"))
            #expect(try await store.drop(endpoint: "a") == 3)
            #expect(try await store.endpointStates().map(\.name) == ["b"])
            #expect(try await store.deliveries(DeliveryQuery()) == kept)
            for record in dropped { #expect(try await store.delivery(record.id) == nil) }
            #expect(try await store.events(EventQuery()).count == 4)
            #expect(try await Set(store.oldestDue().keys) == [b])
            #expect(try await scene.claimable().isEmpty)
            #expect(try await scene.claimable(b).contains(ids))
            #expect(try await store.replay(.deliveries(dropped.map(\.id)), at: StoreScene.start) == 0)
            #expect(try await store.recover(at: StoreScene.start).openAttempts == 1)
            #expect(try await store.drop(endpoint: "a") == 0)
            #expect(try await store.drop(endpoint: "nobody") == 0)
        },
        StoreConformance("an endpoint that comes back after it was dropped begins anew") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b")])
            try await scene.tell("c1", count: 2)
            let front = try await scene.front(scene.endpoints[1].number)
            try await scene.start(front)
            #expect(try await store.drop(endpoint: "b") == 2)
            let again = try await StoreScene(store, [.named("a"), .named("b")])
            let number = again.endpoints[1].number
            #expect(again.endpoints[1] == EndpointState(number: number, name: "b"))
            let ids = try await again.tell("c1")
            // Whoever still holds a delivery from before says how it ended.
            try await again.end(front, .delivered)
            #expect(try await again.claimable(number) == [ids])
            #expect(try await again.counts(number) == EndpointState.Counts(pending: 1))
            #expect(try await again.counts() == EndpointState.Counts(pending: 3))
        },
        StoreConformance("events that only a dropped endpoint was waiting for are pruned") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b")])
            try await scene.tell("c1", count: 2)
            for _ in 0..<2 { try await scene.finishFront() }
            let before = StoreScene.start + .seconds(1)
            #expect(try await store.prune(before: before, limit: 10) == 0)
            #expect(try await store.drop(endpoint: "b") == 2)
            #expect(try await store.prune(before: before, limit: 10) == 2)
            #expect(try await store.endpointStates().map(\.counts) == [EndpointState.Counts()])
        },
        StoreConformance("a closed store lists and drops nothing") { store in
            await store.close()
            await #expect(throws: StoreError.closed) { _ = try await store.chats(ChatQuery()) }
            await #expect(throws: StoreError.closed) { _ = try await store.chatStates() }
            await #expect(throws: StoreError.closed) { _ = try await store.oldestDue() }
            await #expect(throws: StoreError.closed) { _ = try await store.event("evt_1") }
            await #expect(throws: StoreError.closed) { _ = try await store.newestEventNumber() }
            await #expect(throws: StoreError.closed) { _ = try await store.endpointStates() }
            await #expect(throws: StoreError.closed) { _ = try await store.drop(endpoint: "a") }
        },
    ]
}
