import Chats
import Deliveries
import Testing
import Time

/// Events for the golden files, each under a name.
struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var event: Event

    var testDescription: String { name }

    var stored: StoredEvent { StoredEvent(event) }

    init(_ name: String, _ change: Change, chat: Event.Chat? = Self.chat, isFirst: Bool = false) {
        self.name = name
        event = Event(
            change, chat: chat, sequence: 17,
            observed: Event.Observed(after: isFirst ? nil : Self.before, by: Self.after))
    }

    static let before = Timestamp(milliseconds: 1_795_415_979_100)
    static let after = Timestamp(milliseconds: 1_795_416_041_120)
    static let chat = Event.Chat(id: "chate39f540dxxxx", name: "All-staff Chat", label: "Board")

    static let all: [Sample] = [
        Sample(
            "watched",
            .watched(
                Snapshot(
                    settings: [.status: 1], labels: [.name: "All-staff Chat", .owner: "user1"],
                    rosters: [.members: ["user1", "user2"], .guests: ["ext1"]])),
            isFirst: true),
        Sample("dismissed", .setting(.status, from: 1, to: 2)),
        Sample("restored", .setting(.status, from: 2, to: 1)),
        Sample("one member added", .added(.members, ["user7"], count: 42)),
        Sample("two members added", .added(.members, ["user7", "user_9"], count: 42)),
        Sample("many members removed", .removed(.members, (1...60).map { "user\($0)" }, count: 1)),
        Sample("guest removed", .removed(.guests, ["ext1"], count: 0)),
        Sample("muted", .setting(.chatBannedType, from: 0, to: 1)),
        Sample("unmuted", .setting(.chatBannedType, from: 1, to: 0)),
        Sample("renamed", .label(.name, from: "Sales & Support", to: "*All* <staff> [new]")),
        Sample("owner changed", .label(.owner, from: "user1", to: "user2")),
        Sample("icon changed", .label(.icon, from: "@lAD1", to: "@lAD2")),
        Sample("searchable", .setting(.searchable, from: nil, to: 1)),
        Sample("join verification off", .setting(.validationType, from: 1, to: 0)),
        Sample("mention all restricted", .setting(.mentionAllAuthority, from: 0, to: 1)),
        Sample("management restricted", .setting(.managementType, from: 0, to: 1)),
        Sample("history shown", .setting(.showHistoryType, from: 0, to: 1)),
        Sample("organization group", .setting(.conversationTag, from: 0, to: 2)),
        Sample("undocumented value", .setting(.searchable, from: 1, to: 7)),
        Sample("unreachable", .unreachable(Change.Refusal(code: 40016, message: "invalid chatid"))),
        Sample("reachable", .reachable(Change.Refusal(code: 0, message: ""))),
        Sample(
            "watch failing",
            .watchFailing(Change.Refusal(code: 43007, message: "no permission"), hint: "grant the app qyapi_chat_read"),
            chat: nil),
        Sample("watch recovered", .watchRecovered(Change.Refusal(code: 0, message: ""), hint: ""), chat: nil),
        Sample("endpoint failing", .endpointFailing(endpoint: "audit", reason: "status 502"), chat: nil),
        Sample(
            "endpoint disabled", .endpointDisabled(endpoint: "audit", reason: "status 410: the receiver is gone"),
            chat: nil),
        Sample("endpoint recovered", .endpointRecovered(endpoint: "audit", reason: ""), chat: nil),
        Sample("test", .endpointTest, chat: nil, isFirst: true),
        Sample("chat without names", .setting(.status, from: 1, to: 2), chat: Event.Chat(id: "chate39f540dxxxx")),
        Sample(
            "Chinese names", .added(.members, ["张伟", "王芳"], count: 3),
            chat: Event.Chat(id: "chate39f540dxxxx", name: "全员群")),
    ]
}
