import Chats
import Deliveries
import Store
import Testing
import Time

extension StoreConformance {
    static let listingChats = [
        StoreConformance("chats are listed by id with what their last advance showed") { store in
            let scene = try await StoreScene(store)
            let snapshot = Snapshot(labels: [.name: "群 \"x\""], rosters: [.members: ["u2", "u1", "u2"]])
            let advance = try #require(ChatState(id: "c2", label: "Board").observing(snapshot, at: StoreScene.start))
            try await store.commit(advance, to: scene.subscriptions)
            try await scene.tell("c1", count: 2, at: StoreScene.start + .seconds(5))
            _ = try await store.announce(.endpointTest, at: StoreScene.start, to: scene.subscriptions)
            var expected = [
                ChatSummary(
                    id: "c1", label: nil, name: "Name 1", members: nil, state: .watched, sequence: 2,
                    seenAt: StoreScene.start + .seconds(5)),
                ChatSummary(
                    id: "c2", label: "Board", name: "群 \"x\"", members: 2, state: .watched, sequence: 1,
                    seenAt: StoreScene.start),
            ]
            #expect(try await store.chats(ChatQuery()) == expected)
            for (index, id) in ["c1", "c2"].enumerated() {
                expected[index].snapshot = try await store.chatState(id)?.snapshot
            }
            #expect(try await store.chats(ChatQuery(includesSnapshots: true)) == expected)
            #expect(expected[1].snapshot == snapshot)
        },
        StoreConformance("a chat's state follows its advances, and listings follow the states") { store in
            let scene = try await StoreScene(store)
            #expect(try await store.chatStates().isEmpty)
            let refusal = Change.Refusal(code: 40016, message: "no")
            var (now, state) = (StoreScene.start, ChatState(id: "c1"))
            func expect(_ expected: ChatSummary.State, _ advance: Advance?) async throws {
                guard let advance else { throw NothingIsDue() }
                try await store.commit(advance, to: scene.subscriptions)
                state = advance.state
                now = now + .seconds(1)
                #expect(try await store.chats(ChatQuery(ids: ["c1"])).map(\.state) == [expected])
                #expect(try await store.chatStates() == ["c1": expected, "c2": .watched])
                for state in ChatSummary.State.allCases {
                    let isListed = try await store.chats(ChatQuery(state: state)).map(\.id).contains("c1")
                    #expect(isListed == (state == expected))
                }
            }
            try await scene.tell("c2")
            try await expect(.watched, state.observing(Snapshot(), at: now))
            try await expect(.unreachable, state.refused(refusal, at: now))
            try await expect(.watched, state.observing(Snapshot(labels: [.name: "N"]), at: now))
            try await expect(.dismissed, state.observing(Snapshot(settings: [.status: 2]), at: now))
            try await expect(.dismissed, state.refused(refusal, at: now))
            try await expect(.watched, state.observing(Snapshot(settings: [.status: 1]), at: now))
        },
        StoreConformance("chats are listed in the order of their ids' bytes, by state and among some, page by page") {
            store in
            let scene = try await StoreScene(store)
            // In UTF-16 the last two are the other way round, and "é" comes before "f" where people sort.
            let ids = ["A", "Z", "a", "a1", "f", "é", "群", "\u{FFFD}", "\u{1F600}"]
            for (index, id) in ids.shuffled().enumerated() {
                try await scene.tell(id)
                guard index % 2 == 0, let state = try await store.chatState(id) else { continue }
                let refused = state.refused(Change.Refusal(code: 40016, message: "no"), at: StoreScene.start)
                try await store.commit(try #require(refused), to: scene.subscriptions)
            }
            let all = try await store.chats(ChatQuery())
            #expect(all.map(\.id) == ids)
            for state in [nil, ChatSummary.State.unreachable, .watched, .dismissed] {
                for some in [nil, ["Z", "f", "群", "nobody", ""], []] as [Set<String>?] {
                    let expected = all.filter { chat in
                        (state == nil || chat.state == state) && (some?.contains(chat.id) ?? true)
                    }
                    var pages: [ChatSummary] = []
                    var query = ChatQuery(state: state, ids: some, limit: 2)
                    while case let page = try await store.chats(query), let last = page.last {
                        #expect(page.count <= 2)
                        pages += page
                        query.after = last.id
                    }
                    #expect(pages == expected, "\(query)")
                }
            }
            #expect(try await store.chats(ChatQuery(limit: 0)).isEmpty)
        },
    ]
}
