import Chats
import Testing
import Time

@Suite("A chat's history")
struct ChatStateTests {
    private let first = Timestamp(seconds: 1_764_000_000)
    private var second: Timestamp { first + .seconds(60) }
    private let baseline = Snapshot(
        settings: [.status: 1], labels: [.name: "Board", .owner: "u1"], rosters: [.members: ["u1", "u2"]])

    private func watched() throws -> ChatState {
        try #require(ChatState(id: "chat1", label: "B").observing(baseline, at: first)).state
    }

    @Test("the first answer is the baseline and nothing else")
    func baselineEvent() throws {
        let advance = try #require(ChatState(id: "chat1").observing(baseline, at: first))
        #expect(advance.events.map(\.change) == [.watched(baseline)])
        #expect(advance.events.map(\.sequence) == [1])
        #expect(advance.events[0].observed == Event.Observed(after: nil, by: first))
        #expect(advance.state.revision == 1)
    }

    @Test("an equal answer advances nothing")
    func unchanged() throws {
        #expect(try watched().observing(baseline, at: second) == nil)
    }

    @Test("a text seen for the first time advances the snapshot without an event")
    func silentAdvance() throws {
        let advance = try #require(try watched().observing(Snapshot(labels: [.icon: "i"]), at: second))
        #expect(advance.events.isEmpty)
        #expect(advance.state.snapshot?[.icon] == "i")
        #expect(advance.state.sequence == 1)
        #expect(advance.state.revision == 2)
    }

    @Test("events count on without gaps and carry the two polls between which they happened")
    func sequences() throws {
        let advance = try #require(
            try watched().observing(
                Snapshot(
                    settings: [.chatBannedType: 1], labels: [.name: "Board 2"], rosters: [.members: ["u1", "u3"]]),
                at: second))
        #expect(advance.events.map(\.sequence) == [2, 3, 4, 5])
        #expect(advance.events.allSatisfy { $0.observed == Event.Observed(after: first, by: second) })
        #expect(advance.events.allSatisfy { $0.chat == Event.Chat(id: "chat1", name: "Board 2", label: "B") })
        #expect(advance.state.sequence == 5)
    }

    @Test("a chat that is lost is told once, and once when it is back")
    func reachability() throws {
        let refusal = Change.Refusal(code: 40016, message: "invalid chatid")
        let lost = try #require(try watched().refused(refusal, at: second))
        #expect(lost.events.map(\.change) == [.unreachable(refusal)])
        #expect(lost.state.refused(refusal, at: second) == nil)
        let back = try #require(lost.state.observing(baseline, at: second + .seconds(1)))
        #expect(back.events.map(\.type) == [.chatReachable])
        #expect(!back.state.isUnreachable)
    }

    @Test("a chat that never answered cannot be lost")
    func neverAnswered() {
        #expect(ChatState(id: "c").refused(Change.Refusal(code: 40016, message: ""), at: first) == nil)
    }
}
