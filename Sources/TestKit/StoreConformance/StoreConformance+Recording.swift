import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let recording = [
        StoreConformance("a start counts the try, once") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            let front = try await scene.front()
            try await scene.start(front)
            try await scene.start(front)
            #expect(try await scene.front().delivery.attempts == 1)
            #expect(try await store.delivery(front.id)?.record.attempts == 1)
            try await scene.end(front, .retry(at: StoreScene.start, failures: 1))
            try await scene.start(front)
            #expect(try await scene.front().delivery.attempts == 1)
            #expect(try await store.recover(at: StoreScene.start).openAttempts == 0)
        },
        StoreConformance("a delivered one leaves its lane to the next") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            let first = try await scene.finishFront(at: StoreScene.start + .seconds(1))
            #expect(first.delivery.event.id == ids[0])
            #expect(try await scene.claimable() == [[ids[1]]])
            #expect(try await scene.counts() == EndpointState.Counts(pending: 1, delivered: 1))
            let record = try #require(try await store.delivery(first.id)).record
            #expect(record.state == .delivered && record.attempts == 1 && record.reason == nil)
            #expect(record.dueOrFinishedAt == StoreScene.start + .seconds(1))
            try await scene.finishFront()
            #expect(try await scene.claim() == Claim(lanes: [], nextDue: nil, hasMore: false))
        },
        StoreConformance("a dead one keeps its reason and leaves its lane to the next") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            let first = try await scene.finishFront(nil, .dead(reason: "status 400"))
            #expect(try await scene.claimable() == [[ids[1]]])
            #expect(try await scene.counts() == EndpointState.Counts(pending: 1, dead: 1))
            let record = try #require(try await store.delivery(first.id)).record
            #expect(record.state == .dead && record.reason == "status 400")
        },
        StoreConformance("a delivery can end without a try") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            let front = try await scene.front()
            var outcome = front.outcome(.dead(reason: "too old"), at: StoreScene.start)
            outcome.attempt = nil
            try await store.record(LedgerEntry(outcomes: [outcome]))
            let found = try #require(try await store.delivery(front.id))
            #expect(found.record.state == .dead && found.record.attempts == 0 && found.attempts.isEmpty)
        },
        StoreConformance("a retry files the whole lane under its time and keeps the failures") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            let later = StoreScene.start + .seconds(5)
            try await scene.finishFront(nil, .retry(at: later, failures: 3))
            let claim = try await scene.claim()
            #expect(claim.lanes.isEmpty && claim.nextDue == later)
            let front = try await scene.front(at: later)
            #expect(front.laneDue == later && front.delivery.event.id == ids[0])
            #expect(front.delivery.attempts == 1 && front.delivery.failures == 3)
        },
        StoreConformance("an outcome that is repeated changes nothing") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1", count: 2)
            let first = try await scene.finishFront()
            try await scene.end(first, .delivered)
            try await scene.end(first, .dead(reason: "late"))
            #expect(try await scene.counts() == EndpointState.Counts(pending: 1, delivered: 1))
            let retried = try await scene.finishFront(nil, .retry(at: StoreScene.start + .seconds(5), failures: 1))
            try await scene.end(retried, .retry(at: StoreScene.start + .seconds(9), failures: 2))
            try await scene.end(retried, .delivered)
            let front = try await scene.front(at: StoreScene.start + .seconds(5))
            #expect(front.laneDue == StoreScene.start + .seconds(5) && front.delivery.failures == 1)
            #expect(try await store.delivery(retried.id)?.attempts.count == 1)
        },
        StoreConformance("records of a delivery that is not pending change nothing") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            let delivered = try await scene.finishFront()
            var unknown = delivered
            unknown.delivery.key.event += 100
            unknown.delivery.attempts = 4
            var again = delivered
            again.delivery.attempts = 1
            for claimed in [unknown, again] {
                try await scene.start(claimed)
                try await scene.end(claimed, .dead(reason: "late"))
            }
            #expect(try await scene.counts() == EndpointState.Counts(delivered: 1))
            #expect(try await store.delivery(delivered.id)?.attempts.count == 1)
            #expect(try await store.recover(at: StoreScene.start).openAttempts == 0)
        },
        StoreConformance("an outcome and the next start go into one entry") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            var front = try await scene.front()
            try await scene.start(front)
            let outcome = front.outcome(.retry(at: StoreScene.start, failures: 1), at: StoreScene.start)
            front.delivery.attempts = 1
            try await store.record(LedgerEntry(starts: [front.start(at: StoreScene.start)], outcomes: [outcome]))
            #expect(try await scene.front().delivery.attempts == 2)
            #expect(try await store.recover(at: StoreScene.start).openAttempts == 1)
            #expect(try await store.delivery(front.id)?.attempts.map(\.result) == [.retry, .unknown])
        },
        StoreConformance("the tries of a delivery are kept, and no more of an answer than the limit") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            var claimed = try await scene.front()
            var outcome = claimed.outcome(.retry(at: StoreScene.start, failures: 1), at: StoreScene.start)
            outcome.attempt?.response = Array(repeating: 7, count: Attempt.responseLimit + 1)
            outcome.attempt?.status = nil
            try await scene.start(claimed)
            try await store.record(LedgerEntry(outcomes: [outcome]))
            claimed = try await scene.finishFront()
            let attempts = try #require(try await store.delivery(claimed.id)).attempts
            outcome.attempt?.response.removeLast()
            #expect(
                attempts
                    == [outcome.attempt, claimed.outcome(.delivered, at: StoreScene.start).attempt].compactMap(\.self))
        },
    ]

    static let waiting = [
        StoreConformance("a lane that was filed anew meanwhile is still one lane") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2)
            var front = try await scene.front()
            front.laneDue = StoreScene.start + .seconds(999)
            try await scene.end(front, .retry(at: StoreScene.start + .seconds(5), failures: 1))
            let claim = try await scene.claim(at: StoreScene.start + .seconds(9999))
            #expect(claim.lanes.map { $0.deliveries.map(\.event.id) } == [ids])
            front.delivery.attempts = 1
            try await scene.end(front, .delivered)
            #expect(try await scene.claimable(at: StoreScene.start + .seconds(9999)) == [[ids[1]]])
        },
        StoreConformance("expediting makes waiting lanes due, and only the endpoint's") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b")])
            let later = StoreScene.start + .seconds(60)
            for chat in 1...3 {
                try await scene.tell("c\(chat)")
            }
            for endpoint in scene.endpoints {
                for _ in 0..<2 {
                    try await scene.finishFront(endpoint.number, .retry(at: later, failures: 1))
                }
            }
            #expect(try await store.expedite(endpoint: scene.endpoint, at: StoreScene.start) == 2)
            #expect(try await scene.claim().lanes.count == 3)
            #expect(try await scene.claim(scene.endpoints[1].number).lanes.count == 1)
            #expect(try await store.expedite(endpoint: scene.endpoint, at: StoreScene.start) == 0)
        },
        StoreConformance("expediting goes through long queues to their end") { store in
            let scene = try await StoreScene(store, [.named("a", ordering: .none)])
            try await scene.tell("c1", count: 2_100)
            let claim = try await scene.claim(lanes: 5_000)
            let outcomes = claim.lanes.map { lane in
                ClaimedDelivery(delivery: lane.deliveries[0], laneDue: lane.due)
                    .outcome(.retry(at: StoreScene.start + .seconds(60), failures: 1), at: StoreScene.start)
            }
            try await store.record(LedgerEntry(outcomes: outcomes))
            #expect(try await store.expedite(endpoint: scene.endpoint, at: StoreScene.start) == 2_100)
            #expect(try await scene.claim(lanes: 5_000).lanes.count == 2_100)
        },
    ]
}
