import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let claiming = [
        StoreConformance("a chat is a lane, and its deliveries come in the order of the events") { store in
            let scene = try await StoreScene(store)
            let first = try await scene.tell("c1", count: 3)
            let second = try await scene.tell("c2", count: 2)
            #expect(try await Set(scene.claimable()) == [first, second])
            let delivery = try await scene.front().delivery
            #expect(delivery.attempts == 0 && delivery.failures == 0 && delivery.queuedAt == StoreScene.start)
            #expect(delivery.event.decoded()?.id == delivery.event.id)
        },
        StoreConformance("without ordering every delivery is a lane") { store in
            let scene = try await StoreScene(store, [.named("a", ordering: .none)])
            let ids = try await scene.tell("c1", count: 3) + scene.tell("c2")
            #expect(try await Set(scene.claimable()) == Set(ids.map { [$0] }))
        },
        StoreConformance("each endpoint gets what its filter admits") { store in
            let renamed = Filter(events: [Filter.Pattern("chat.renamed")])
            let scene = try await StoreScene(
                store, [.named("a"), .named("b", filter: renamed), .named("c", ordering: .none)])
            let ids = try await scene.tell("c1", count: 2)
            let numbers = scene.endpoints.map(\.number)
            #expect(try await scene.claimable(numbers[0]) == [ids])
            #expect(try await scene.claimable(numbers[1]) == [[ids[1]]])
            #expect(try await scene.claimable(numbers[2]).count == 2)
            #expect(try await store.endpointStates().map(\.counts.pending) == [2, 1, 2])
        },
        StoreConformance("claiming changes nothing, and held lanes are passed over") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            try await scene.tell("c2")
            let claim = try await scene.claim()
            #expect(try await scene.claim() == claim)
            let held = claim.lanes[0].lane
            let rest = try await scene.claim(held: [held])
            #expect(rest.lanes == [claim.lanes[1]])
            #expect(try await scene.claim(held: Set(claim.lanes.map(\.lane))).lanes.isEmpty)
        },
        StoreConformance("a claim keeps to its limits and says when there is more") { store in
            let scene = try await StoreScene(store)
            for chat in 1...5 {
                try await scene.tell("c\(chat)", count: 3)
            }
            let held = try await scene.claim(lanes: 2).lanes.map(\.lane)
            let some = try await scene.claim(lanes: 2, perLane: 2, held: Set(held))
            #expect(some.lanes.map(\.deliveries.count) == [2, 2])
            #expect(some.hasMore && some.nextDue == nil)
            let all = try await scene.claim(lanes: 3, held: Set(held))
            #expect(all.lanes.map(\.deliveries.count) == [3, 3, 3])
            #expect(!all.hasMore)
        },
        StoreConformance("what became due first is claimed first, and what is not due yet is announced") { store in
            let scene = try await StoreScene(store)
            for chat in 1...4 {
                try await scene.tell("c\(chat)")
            }
            let claim = try await scene.claim()
            for (lane, wait) in zip(claim.lanes, [40, 20, 30, 10]) {
                let claimed = ClaimedDelivery(delivery: lane.deliveries[0], laneDue: lane.due)
                try await scene.end(claimed, .retry(at: StoreScene.start + .seconds(wait), failures: 1))
            }
            let later = try await scene.claim(at: StoreScene.start + .seconds(20))
            #expect(later.lanes.map(\.lane) == [claim.lanes[3].lane, claim.lanes[1].lane])
            #expect(later.lanes.map(\.due) == [10, 20].map { StoreScene.start + .seconds($0) })
            #expect(later.nextDue == StoreScene.start + .seconds(30))
            let held: Set = [claim.lanes[2].lane]
            let besides = try await scene.claim(at: StoreScene.start + .seconds(20), held: held)
            #expect(besides.nextDue == StoreScene.start + .seconds(40))
            #expect(try await scene.claim(at: StoreScene.start + .seconds(40)).nextDue == nil)
        },
        StoreConformance("what is new is due at once, though its event's clock is ahead") { store in
            let scene = try await StoreScene(store)
            _ = try await scene.claim()
            let ids = try await scene.tell("c1", at: StoreScene.start + .seconds(3600))
            #expect(try await scene.claimable() == [ids])
        },
        StoreConformance("an event that finds its lane waiting waits behind") { store in
            let scene = try await StoreScene(store)
            let first = try await scene.tell("c1")
            try await scene.finishFront(nil, .retry(at: StoreScene.start + .seconds(60), failures: 1))
            let second = try await scene.tell("c1")
            #expect(try await scene.claimable().isEmpty)
            #expect(try await scene.claimable(at: StoreScene.start + .seconds(60)) == [first + second])
        },
    ]
}
