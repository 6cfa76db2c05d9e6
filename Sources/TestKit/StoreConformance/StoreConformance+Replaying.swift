import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let replaying = [
        StoreConformance("a replayed delivery is queued in its place with a fresh schedule, its tries counted on") {
            store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            try await scene.finishFront(nil, .retry(at: StoreScene.start, failures: 1))
            let dead = try await scene.finishFront(nil, .dead(reason: "no"))
            let later = StoreScene.start + .seconds(60)
            #expect(try await store.replay(.deliveries([dead.id]), at: later) == 1)
            #expect(try await scene.claimable(at: later) == [ids])
            let front = try await scene.front(at: later)
            #expect(front.delivery.attempts == 2 && front.delivery.failures == 0 && front.delivery.queuedAt == later)
            #expect(try await scene.counts() == EndpointState.Counts(pending: 2))
            try await scene.finishFront(at: later)
            let found = try #require(try await store.delivery(dead.id))
            #expect(found.attempts.map(\.number) == [1, 2, 3] && found.record.state == .delivered)
        },
        StoreConformance("a replayed delivery is due at once, though its lane waits") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            let delivered = try await scene.finishFront()
            try await scene.finishFront(nil, .retry(at: StoreScene.start + .seconds(60), failures: 1))
            #expect(try await scene.claimable().isEmpty)
            #expect(try await store.replay(.deliveries([delivered.id]), at: StoreScene.start) == 1)
            #expect(try await scene.claimable() == [ids])
            #expect(try await scene.claimable(at: StoreScene.start + .seconds(60)) == [ids])
        },
        StoreConformance("what is pending or unknown is not replayed") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            let front = try await scene.front()
            let unknown = DeliveryID(event: front.id.event + 1, endpoint: front.id.endpoint)
            let elsewhere = DeliveryID(event: front.id.event, endpoint: front.id.endpoint + 1)
            #expect(try await store.replay(.deliveries([front.id, unknown, elsewhere]), at: StoreScene.start) == 0)
            #expect(try await scene.counts() == EndpointState.Counts(pending: 1))
            for selection in [
                ReplaySelection.endpoint("a", state: .pending, since: nil, until: nil),
                .endpoint("nobody", state: .dead, since: nil, until: nil),
            ] {
                #expect(try await store.replay(selection, at: StoreScene.start) == 0)
            }
        },
        StoreConformance("an endpoint's deliveries are replayed by state and time of the event") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b")])
            var ids: [String] = []
            for minute in 0..<6 {
                let time = StoreScene.start + .seconds(60 * minute)
                ids += try await scene.tell("c1", at: time)
                for endpoint in scene.endpoints {
                    let resolution: LedgerEntry.Resolution = minute % 2 == 0 ? .dead(reason: "no") : .delivered
                    try await scene.finishFront(endpoint.number, resolution, at: time)
                }
            }
            let selection = ReplaySelection.endpoint(
                "a", state: .dead, since: StoreScene.start + .seconds(120), until: StoreScene.start + .seconds(240))
            let now = StoreScene.start + .seconds(3600)
            #expect(try await store.replay(selection, at: now) == 1)
            #expect(try await scene.claimable(at: now) == [[ids[2]]])
            #expect(try await store.replay(.endpoint("a", state: .dead, since: nil, until: nil), at: now) == 2)
            #expect(try await scene.claimable(at: now) == [[ids[0], ids[2], ids[4]]])
            #expect(try await scene.counts() == EndpointState.Counts(pending: 3, delivered: 3))
            #expect(try await scene.counts(scene.endpoints[1].number) == EndpointState.Counts(delivered: 3, dead: 3))
        },
        StoreConformance("a replay goes through long histories to their end") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2_100)
            while let lane = try await scene.claim(perLane: 1_000).lanes.first {
                let outcomes = lane.deliveries.map {
                    ClaimedDelivery(delivery: $0, laneDue: lane.due).outcome(.dead(reason: "no"), at: StoreScene.start)
                }
                try await store.record(LedgerEntry(outcomes: outcomes))
            }
            let all = ReplaySelection.endpoint("a", state: .dead, since: nil, until: nil)
            #expect(try await store.replay(all, at: StoreScene.start) == 2_100)
            #expect(try await scene.claim(perLane: 5_000).lanes.map { $0.deliveries.map(\.event.id) } == [ids])
        },
    ]
}
