import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let watching = [
        StoreConformance("a chat that was never advanced has no state") { store in
            let state = try await store.chatState("c1")
            #expect(state == nil)
        },
        StoreConformance("an advance is read back as it was stored") { store in
            let scene = try await StoreScene(store)
            let snapshot = Snapshot(
                settings: [.status: 1, .chatBannedType: 0], labels: [.name: "Zoë \u{1F600} \"x\"", .owner: ""],
                rosters: [.members: ["b", "a"], .guests: []])
            let first = ChatState(id: "c1", label: "Board").observing(snapshot, at: StoreScene.start)
            let second = first?.state.refused(Change.Refusal(code: 40016, message: "no"), at: StoreScene.start)
            for advance in [first, second] {
                let advance = try #require(advance)
                try await store.commit(advance, to: scene.subscriptions)
                #expect(try await store.chatState("c1") == advance.state)
            }
            let bodies = try await store.events(EventQuery()).map(\.event)
            #expect(bodies == [second, first].flatMap { $0?.events.map { StoredEvent($0) } ?? [] })
        },
        StoreConformance("an advance without events stores its state") { store in
            let scene = try await StoreScene(store)
            let first = try #require(ChatState(id: "c1").observing(Snapshot(), at: StoreScene.start))
            try await store.commit(first, to: scene.subscriptions)
            let second = try #require(first.state.observing(Snapshot(labels: [.name: "N"]), at: StoreScene.start))
            #expect(second.events.isEmpty)
            try await store.commit(second, to: scene.subscriptions)
            #expect(try await store.chatState("c1") == second.state)
        },
        StoreConformance("a repeated or skipped advance is stale and changes nothing") { store in
            let scene = try await StoreScene(store)
            let first = try Advance.telling(after: ChatState(id: "c1"), at: StoreScene.start)
            let second = try Advance.telling(after: first.state, at: StoreScene.start)
            await #expect(throws: StoreError.stale(chat: "c1")) {
                try await store.commit(second, to: scene.subscriptions)
            }
            try await store.commit(first, to: scene.subscriptions)
            await #expect(throws: StoreError.stale(chat: "c1")) {
                try await store.commit(first, to: scene.subscriptions)
            }
            #expect(try await store.chatState("c1") == first.state)
            #expect(try await store.events(EventQuery()).count == 1)
            #expect(try await scene.counts()?.pending == 1)
        },
        StoreConformance("an advance whose events do not follow the stored ones is stale") { store in
            let scene = try await StoreScene(store)
            let advance = try Advance.telling(after: ChatState(id: "c1", sequence: 4), at: StoreScene.start)
            await #expect(throws: StoreError.stale(chat: "c1")) {
                try await store.commit(advance, to: scene.subscriptions)
            }
            #expect(try await store.chatState("c1") == nil)
        },
        StoreConformance("of many advances from one revision, all at once, exactly one is stored") { store in
            let scene = try await StoreScene(store)
            let stale = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let answer = Snapshot(labels: [.name: "Name \(number)"])
                        guard let advance = ChatState(id: "c1").observing(answer, at: StoreScene.start) else {
                            return false
                        }
                        do {
                            try await store.commit(advance, to: scene.subscriptions)
                            return false
                        } catch {
                            return error as? StoreError == .stale(chat: "c1")
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(stale == 19)
            #expect(try await store.events(EventQuery()).count == 1)
        },
        StoreConformance("a stale advance undoes nothing of its neighbours") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("stale")
            let stale = try Advance.telling(after: ChatState(id: "stale"), at: StoreScene.start)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        if number % 2 == 0 {
                            _ = try? await scene.tell("c\(number)")
                        } else {
                            _ = try? await store.commit(stale, to: scene.subscriptions)
                        }
                    }
                }
            }
            #expect(try await store.events(EventQuery()).count == 21)
            #expect(try await scene.counts()?.pending == 21)
            #expect(try await scene.claim().lanes.count == 21)
        },
        StoreConformance("events are numbered in their order") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1", count: 2) + scene.tell("c2") + scene.tell("c1")
            let records = try await store.events(EventQuery())
            #expect(records.reversed().map(\.event.id) == ids)
            let numbers = records.map(\.number)
            #expect(numbers == numbers.sorted(by: >) && Set(numbers).count == 4)
        },
        StoreConformance("events about no chat have one sequence of their own") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            let change = Change.endpointFailing(endpoint: "b", reason: "timeout")
            for sequence in 1...3 {
                let event = try await store.announce(change, at: StoreScene.start, to: scene.subscriptions)
                #expect(event.sequence == sequence && event.chat == nil && event.timestamp == StoreScene.start)
            }
            #expect(try await store.chatState("") == nil)
            #expect(try await store.chatState("c1")?.sequence == 1)
            #expect(try await scene.claim().lanes.map(\.deliveries.count).sorted() == [1, 3])
        },
    ]

    static let endpoints = [
        StoreConformance("endpoints are returned in the order of their names and keep their numbers") { store in
            let first = try await store.register(endpoints: ["b", "a"])
            #expect(first.map(\.name) == ["b", "a"])
            let second = try await store.register(endpoints: ["a", "c", "b"])
            #expect(second.map(\.name) == ["a", "c", "b"])
            #expect(second[0].number == first[1].number && second[2].number == first[0].number)
            #expect(Set(second.map(\.number)).count == 3)
        },
        StoreConformance("an endpoint's state is kept; its counts are the store's own") { store in
            let scene = try await StoreScene(store)
            try await scene.tell("c1")
            var state = scene.endpoints[0]
            let time = StoreScene.start
            state.breaker = Breaker(failures: 7, failingSince: time, probeAt: time + .seconds(5))
            state.isPaused = true
            state.disabledReason = "status 410"
            state.counts.pending = 99
            try await store.save(state)
            state.counts.pending = 1
            #expect(try await store.endpointStates() == [state])
            #expect(try await store.register(endpoints: ["a"]) == [state])
            state = EndpointState(number: state.number, name: "a", counts: state.counts)
            try await store.save(state)
            #expect(try await store.endpointStates() == [state])
        },
        StoreConformance("an endpoint that is named no more keeps its deliveries") { store in
            let scene = try await StoreScene(store)
            let ids = try await scene.tell("c1")
            #expect(try await store.register(endpoints: ["b"]).count == 1)
            #expect(try await scene.claimable() == [ids])
        },
    ]
}
