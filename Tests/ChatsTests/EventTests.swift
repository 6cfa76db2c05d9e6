import Chats
import JSON
import Testing
import Time

@Suite("Events")
struct EventTests {
    static let changes: [Change] = [
        .watched(Snapshot(settings: [.status: 1], labels: [.name: "n"], rosters: [.members: ["a"]])),
        .setting(.status, from: 1, to: 2), .setting(.status, from: 2, to: 1),
        .setting(.chatBannedType, from: nil, to: 1),
        .setting(.chatBannedType, from: 1, to: 0), .setting(.searchable, from: 0, to: 1),
        .setting(.validationType, from: 0, to: 1), .setting(.mentionAllAuthority, from: 0, to: 1),
        .setting(.managementType, from: 0, to: 1), .setting(.showHistoryType, from: 0, to: 1),
        .setting(.conversationTag, from: 0, to: 2), .label(.name, from: "a", to: "b"),
        .label(.owner, from: "a", to: "b"),
        .label(.icon, from: "a", to: "b"), .added(.members, ["x", "y"], count: 3), .removed(.members, ["x"], count: 2),
        .added(.guests, ["x"], count: 1), .removed(.guests, ["x"], count: 0),
        .unreachable(Change.Refusal(code: 40016, message: "m")), .reachable(Change.Refusal(code: 0, message: "")),
        .watchFailing(Change.Refusal(code: 43007, message: "m"), hint: "h"),
        .watchRecovered(Change.Refusal(code: 0, message: "ok"), hint: "h"),
        .endpointFailing(endpoint: "ops", reason: "r"), .endpointDisabled(endpoint: "ops", reason: "r"),
        .endpointRecovered(endpoint: "ops", reason: "r"), .endpointTest,
    ]

    private func event(_ change: Change, chat: String? = "chat1", sequence: Int = 7, by seconds: Int64 = 60) -> Event {
        Event(
            change, chat: chat.map { Event.Chat(id: $0, name: "Name", label: "Label") }, sequence: sequence,
            observed: Event.Observed(after: Timestamp(seconds: 1), by: Timestamp(seconds: seconds)))
    }

    @Test("the examples cover every event type")
    func coverage() {
        #expect(Set(Self.changes.map(\.type)) == Set(EventType.allCases))
    }

    @Test("an event survives being written and read", arguments: changes)
    func roundTrip(change: Change) throws {
        let event = event(change)
        let bytes = JSONValue.object(event.json).serialized()
        #expect(Event(json: try #require(try JSONParser.parse(bytes).objectValue)) == event)
    }

    @Test("the id is the same whenever the change is seen, and holds no dot")
    func determinism() {
        let change = Change.setting(.status, from: 1, to: 2)
        let id = event(change, by: 60).id
        #expect(id == event(change, by: 61).id)
        #expect(event(.endpointTest, by: 60).id != event(.endpointTest, by: 61).id)
        #expect(id.hasPrefix("evt_") && id.count == 30 && !id.contains("."))
    }

    @Test("another chat, sequence or change has another id")
    func distinctness() {
        var ids = Set(Self.changes.map { event($0).id })
        #expect(ids.count == Self.changes.count)
        ids.insert(event(.endpointTest, chat: "chat2").id)
        ids.insert(event(.endpointTest, chat: nil).id)
        ids.insert(event(.endpointTest, sequence: 8).id)
        #expect(ids.count == Self.changes.count + 3)
    }

    @Test("the JSON has the published shape")
    func shape() {
        let event = Event(
            .added(.members, ["user7", "user9"], count: 42),
            chat: Event.Chat(id: "chate39f", name: "All-staff Chat", label: "Board"), sequence: 17,
            observed: Event.Observed(
                after: Timestamp(milliseconds: 1_795_416_579_100), by: Timestamp(milliseconds: 1_795_416_641_120)))
        #expect(
            JSONValue.object(event.json).text == """
                {"id":"\(event.id)","type":"chat.members.added","timestamp":"2026-11-23T06:50:41.120Z","data":{"chat":{"id":\
                "chate39f","name":"All-staff Chat","label":"Board"},"sequence":17,"observed":{"after":"2026-11-23T06:49:39.100Z",\
                "by":"2026-11-23T06:50:41.120Z"},"change":{"field":"useridlist","added":["user7","user9"],"count":42}}}
                """)
    }
}
