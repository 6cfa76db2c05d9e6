import Chats
import DingTalk
import Testing
import Time

@testable import Watcher

@Suite("The account's health")
struct AccountHealthTests {
    // 2026-11-23 06:40:00 UTC.
    private let now = Timestamp(seconds: 1_795_416_000)

    private func refused(_ code: Int, until: Timestamp? = nil) -> ChatReading {
        .refused(Refusal(code: code, message: "m", until: until))
    }

    /// What the n-th poll of a row makes of it, each begun when the one before had ended.
    private func reactions(to readings: [ChatReading]) -> [AccountHealth.Reaction] {
        var health = AccountHealth()
        return readings.enumerated().map { health.note($1, span($0)) }
    }

    private func span(_ number: Int, length: Duration = .seconds(1)) -> AccountHealth.Span {
        let start = now + .seconds(number)
        return AccountHealth.Span(wall: start + length, startedAt: start, endedAt: start + length)
    }

    @Test(
        "credentials, permissions and addresses stop the polls and are told once, with what to mend",
        arguments: [
            (43007, "qyapi_chat_read"), (60020, "public address"), (70001, "dingtalk.baseURL"),
            (40096, "dingtalk.appKey"), (40014, "region"),
        ])
    func configuration(code: Int, hint: String) throws {
        let reactions = reactions(to: Array(repeating: refused(code), count: 6) + [.unchanged, .unchanged])
        #expect(reactions.prefix(6).map(\.pause) == [60, 120, 240, 480, 900, 900].map { .seconds($0) })
        #expect(
            reactions.map(\.announcement?.type) == [.watchFailing] + Array(repeating: nil, count: 5) + [
                .watchRecovered, nil,
            ])
        guard case .watchFailing(let refusal, let told) = try #require(reactions[0].announcement) else { return }
        #expect(refusal.code == code)
        #expect(told.contains(hint))
    }

    @Test("a throttle waits for the end it names, by the wall clock, and nobody's wish shortens that")
    func penalty() {
        var health = AccountHealth()
        let reaction = health.note(refused(90018, until: now + .seconds(43)), span(0))
        #expect(reaction == .init(pause: .seconds(42), isPauseBinding: true))
        let past = health.note(refused(90018, until: now), span(2))
        #expect(past == .init(pause: .seconds(10)))
    }

    @Test("a throttle without an end waits ever longer, and is told only when it lasts")
    func throttled() {
        let reactions = reactions(to: Array(repeating: refused(90018), count: 9))
        #expect(reactions.map(\.pause) == [5, 10, 20, 40, 80, 160, 300, 300, 300].map { .seconds($0) })
        #expect(reactions.map(\.announcement?.type) == Array(repeating: nil, count: 7) + [.watchFailing, nil])
    }

    @Test("a spent quota is told; to wait is the schedule's part")
    func quota() {
        let reactions = reactions(to: [refused(90020), refused(90020)])
        #expect(reactions.map(\.announcement?.type) == [.watchFailing, nil])
        #expect(reactions.map(\.pause) == [nil, nil])
    }

    @Test("the network may fail twice before it is told and polls are held")
    func network() {
        let failure = ChatReading.unreadable(Unreadable(.network, "no route"))
        let reactions = reactions(to: Array(repeating: failure, count: 5))
        #expect(reactions.map(\.announcement?.type) == [nil, nil, .watchFailing, nil, nil])
        #expect(reactions.map(\.pause) == [nil, nil, .seconds(1), .seconds(2), .seconds(4)])
    }

    @Test("pages instead of answers are taken for a blocked address, which lasts five minutes")
    func blocked() {
        let page = ChatReading.unreadable(Unreadable(.malformed, "<html>"))
        let reactions = reactions(to: [page, page, page, page])
        #expect(reactions.map(\.pause) == [nil, nil, .seconds(300), .seconds(300)])
        #expect(reactions.map(\.announcement?.type) == [nil, nil, .watchFailing, nil])
    }

    @Test("polls that were out when one failed count with it, however many")
    func together() {
        var health = AccountHealth()
        let failure = ChatReading.unreadable(Unreadable(.network, "no route"))
        let reactions = (0..<50).map { _ in health.note(failure, span(0)) }
        #expect(reactions.allSatisfy { $0 == AccountHealth.Reaction() })
    }

    @Test("what concerns one chat leaves the account alone", arguments: [40016, 34001, 34013, -1, 49000, 123_456])
    func oneChat(code: Int) {
        #expect(reactions(to: Array(repeating: refused(code), count: 4)).allSatisfy { $0 == AccountHealth.Reaction() })
    }

    @Test("an answer about something else is that chat's affair")
    func content() {
        let odd = ChatReading.unreadable(Unreadable(.content, "about another chat"))
        #expect(reactions(to: Array(repeating: odd, count: 4)).allSatisfy { $0 == AccountHealth.Reaction() })
    }

    @Test("what was told before a restart is not told again")
    func restart() {
        let trouble = AccountHealth.Trouble(Change.Refusal(code: 43007, message: "m"), hint: "h")
        var health = AccountHealth(trouble: trouble)
        let first = health.note(refused(43007), span(0))
        #expect(first.announcement == nil)
        let second = health.note(.unchanged, span(2))
        #expect(second.announcement?.type == .watchRecovered)
    }
}
