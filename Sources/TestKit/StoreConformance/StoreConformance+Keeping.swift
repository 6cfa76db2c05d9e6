import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let keeping = [
        StoreConformance("recovery ends open tries as unknown, once, and finds the newest time") { store in
            #expect(
                try await store.recover(at: StoreScene.start)
                    == Recovery(openAttempts: 0, pendingDeliveries: 0, newestTimestamp: nil))
            let scene = try await StoreScene(store)
            try await scene.tell("c1", count: 2)
            try await scene.tell("c2")
            let front = try await scene.front()
            let last = StoreScene.start + .seconds(9)
            try await scene.start(front, at: last)
            let recovery = try await store.recover(at: StoreScene.start + .seconds(20))
            #expect(recovery == Recovery(openAttempts: 1, pendingDeliveries: 3, newestTimestamp: last))
            let attempts = try #require(try await store.delivery(front.id)).attempts
            #expect(attempts.map(\.result) == [.unknown] && attempts.map(\.startedAt) == [last])
            #expect(attempts.map(\.number) == [1] && attempts.map(\.status) == [nil])
            #expect(try await store.recover(at: StoreScene.start + .seconds(30)).openAttempts == 0)
            let again = try await scene.front()
            #expect(again.delivery.event.id == front.delivery.event.id)
            #expect(again.delivery.attempts == 1 && again.delivery.failures == 0)
        },
        StoreConformance("due times that lie ahead are not the newest time") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            try await scene.finishFront(nil, .retry(at: StoreScene.start + .seconds(86_400), failures: 1))
            #expect(try await store.recover(at: StoreScene.start).newestTimestamp == StoreScene.start)
        },
        StoreConformance("pruning removes what is old and finished with all that belongs to it") { store in
            let scene = try await StoreScene(store)
            let old = try await scene.tell("c1", count: 2)
            let new = try await scene.tell("c1", at: StoreScene.start + .seconds(1))
            let finished = try await scene.finishFront()
            let before = StoreScene.start + .seconds(1)
            #expect(try await store.prune(before: before, limit: 10) == 1)
            #expect(try await store.events(EventQuery()).map(\.event.id) == [new[0], old[1]])
            #expect(try await store.delivery(finished.id) == nil)
            #expect(try await scene.counts() == EndpointState.Counts(pending: 2))
            #expect(try await store.prune(before: before, limit: 10) == 0)
            #expect(try await store.replay(.deliveries([finished.id]), at: before) == 0)
            #expect(try await store.chatState("c1")?.sequence == 3)
        },
        StoreConformance("pruning keeps to its limit and goes on past what must stay") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("stuck", count: 5)
            let quiet = Subscriptions([])
            var state = ChatState(id: "quiet")
            for _ in 0..<7 {
                let advance = try Advance.telling(after: state, at: StoreScene.start)
                try await store.commit(advance, to: quiet)
                state = advance.state
            }
            let before = StoreScene.start + .seconds(1)
            #expect(try await store.prune(before: before, limit: 3) == 3)
            #expect(try await store.prune(before: before, limit: 3) == 3)
            #expect(try await store.prune(before: before, limit: 3) == 1)
            for _ in 0..<2 {
                try await scene.finishFront()
            }
            #expect(try await store.prune(before: before, limit: 3) == 2)
            #expect(try await scene.counts() == EndpointState.Counts(pending: 3))
            #expect(try await store.events(EventQuery()).count == 3)
        },
        StoreConformance("one pending endpoint keeps an event that the others have") { store in
            let scene = try await StoreScene(store, [.named("a"), .named("b", ordering: .none)])
            try await scene.tell("c1")
            try await scene.finishFront()
            let before = StoreScene.start + .seconds(1)
            #expect(try await store.prune(before: before, limit: 10) == 0)
            #expect(try await scene.counts() == EndpointState.Counts(delivered: 1))
            try await scene.finishFront(scene.endpoints[1].number)
            #expect(try await store.prune(before: before, limit: 10) == 1)
            #expect(try await store.endpointStates().map(\.counts) == [EndpointState.Counts(), EndpointState.Counts()])
        },
        StoreConformance("numbers of pruned events do not come back") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1", count: 2)
            let last = try await store.events(EventQuery(limit: 1)).map(\.number)
            for _ in 0..<2 {
                try await scene.finishFront()
            }
            #expect(try await store.prune(before: StoreScene.start + .seconds(1), limit: 10) == 2)
            try await scene.tell("c1")
            #expect(try await store.events(EventQuery()).map(\.number) == last.map { $0 + 1 })
        },
        StoreConformance("events take room") { store in
            try await StoreScene(store).tell("c1", count: 10)
            let size = try await store.size()
            #expect(size > 0)
        },
        StoreConformance("a closed store says so") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            await store.close()
            await #expect(throws: StoreError.closed) { _ = try await store.chatState("c1") }
            await #expect(throws: StoreError.closed) { _ = try await scene.claim() }
            await #expect(throws: StoreError.closed) { _ = try await store.events(EventQuery()) }
            await #expect(throws: StoreError.closed) {
                let advance = try Advance.telling(after: ChatState(id: "c2"), at: StoreScene.start)
                try await store.commit(advance, to: scene.subscriptions)
            }
            await store.close()
        },
    ]
}
