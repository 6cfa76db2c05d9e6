import Chats
import Deliveries
import Telemetry
import Testing
import Time

@Suite("Who hears of what")
struct FilterTests {
    private let observed = Event.Observed(after: nil, by: Timestamp(seconds: 1_795_416_000))

    private func event(_ change: Change, chat: Event.Chat? = Event.Chat(id: "chat1", label: "Board")) -> Event {
        Event(change, chat: chat, sequence: 1, observed: observed)
    }

    @Test(
        "a pattern is a name or the front of several",
        arguments: [
            ("*", true), ("chat.*", true), ("chat.members.*", true), ("chat.members.added", true),
            ("chat.members.removed", false), ("chat.members", false), ("chat.guests.*", false), ("watch.*", false),
            ("", false),
        ])
    func patterns(pattern: String, matches: Bool) {
        let filter = Filter(events: [Filter.Pattern(pattern)])
        #expect(filter.admits(event(.added(.members, ["u1"], count: 2)), sentTo: "ci") == matches)
    }

    @Test(
        "a pattern that matches no event at all is found out",
        arguments: [
            ("chat.*", true), ("endpoint.test", true), ("chat.mutd", false), ("chats.*", false), ("*.added", false),
        ])
    func mistakes(pattern: String, isFine: Bool) {
        #expect(Filter.Pattern(pattern).matchesSomething == isFine)
    }

    @Test(
        "chats are chosen by id or label",
        arguments: [
            (["chat1"], true), (["Board"], true), (["chat2", "Board"], true), (["chat2"], false), ([], false),
        ] as [([String], Bool)])
    func chats(chats: [String], isAdmitted: Bool) {
        let filter = Filter(chats: Set(chats))
        #expect(filter.admits(event(.endpointTest), sentTo: "ci") == isAdmitted)
    }

    @Test("what is about no chat passes every choice of chats")
    func noChat() {
        let failing = event(.watchFailing(.init(code: 1, message: "m"), hint: "h"), chat: nil)
        #expect(Filter(chats: ["chat2"]).admits(failing, sentTo: "ci"))
    }

    @Test("an endpoint is never told about itself")
    func itself() {
        for change in [
            Change.endpointFailing(endpoint: "ci", reason: "r"), .endpointDisabled(endpoint: "ci", reason: "r"),
            .endpointRecovered(endpoint: "ci", reason: "r"),
        ] {
            #expect(!Filter().admits(event(change, chat: nil), sentTo: "ci"))
            #expect(Filter().admits(event(change, chat: nil), sentTo: "ops"))
        }
    }

    @Test("recipients come in the order of the configuration, each with its ordering")
    func recipients() {
        func endpoint(_ name: String, _ ordering: Ordering, _ pattern: String) -> Endpoint {
            Endpoint(
                name: name, url: Secret("https://a.example.com"), format: StandardFormat(),
                filter: Filter(events: [Filter.Pattern(pattern)]), ordering: ordering)
        }
        let subscriptions = Subscriptions([
            endpoint("b", .none, "*"), endpoint("a", .chat, "endpoint.*"), endpoint("c", .chat, "watch.*"),
        ])
        #expect(
            subscriptions.recipients(of: event(.endpointTest)) == [
                .init(endpoint: "b", ordering: .none), .init(endpoint: "a", ordering: .chat),
            ])
    }
}
