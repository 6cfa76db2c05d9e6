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

    @Test(
        "credentials, permissions and addresses stop the polls and are told once",
        arguments: [43007, 60020, 70001, 40096, 40014])
    func configuration(code: Int) {
        var health = AccountHealth(isFailing: false)
        let first = health.note(refused(code), at: now)
        #expect(first.announcement?.type == .watchFailing)
        #expect(first.pauseUntil == now + .seconds(60))
        let second = health.note(refused(code), at: now)
        #expect(second.announcement == nil)
        #expect(second.pauseUntil == now + .seconds(120))
        #expect(health.note(.unchanged, at: now).announcement?.type == .watchRecovered)
        #expect(health.note(.unchanged, at: now) == AccountHealth.Reaction())
    }

    @Test("a throttle waits for the end it names, else ever longer, and is no failure")
    func throttled() {
        var health = AccountHealth(isFailing: false)
        let end = now + .seconds(42)
        #expect(health.note(refused(90018, until: end), at: now) == .init(pauseUntil: end))
        var pauses: [Duration?] = []
        for _ in 0..<8 { pauses.append(health.note(refused(90018), at: now).pauseUntil.map { $0 - now }) }
        #expect(pauses.compactMap { $0 } == [10, 20, 40, 80, 160, 300, 300, 300].map { .seconds($0) })
    }

    @Test("a spent quota holds the polls until the month in Shanghai ends")
    func quota() {
        var health = AccountHealth(isFailing: false)
        let reaction = health.note(refused(90020), at: now)
        #expect(reaction.pauseUntil?.description == "2026-11-30T16:00:00.000Z")
        #expect(reaction.announcement?.type == .watchFailing)
    }

    @Test("the network may fail twice before it is told")
    func network() {
        var health = AccountHealth(isFailing: false)
        let failure = ChatReading.unreadable(Unreadable(.network, "no route"))
        let reactions = (0..<4).map { _ in health.note(failure, at: now) }
        #expect(reactions.map(\.announcement?.type) == [nil, nil, .watchFailing, nil])
        #expect(reactions.map { $0.pauseUntil.map { $0 - now } } == [1, 2, 4, 8].map { .seconds($0) })
    }

    @Test("pages instead of answers are taken for a blocked address")
    func blocked() {
        var health = AccountHealth(isFailing: false)
        let page = ChatReading.unreadable(Unreadable(.malformed, "<html>"))
        let reactions = (0..<3).map { _ in health.note(page, at: now) }
        #expect(reactions.map { $0.pauseUntil.map { $0 - now } } == [5, 5, 300].map { .seconds($0) })
        #expect(reactions.last?.announcement?.type == .watchFailing)
    }

    @Test("what concerns one chat leaves the account alone", arguments: [40016, 34001, 34013, -1, 49000, 123_456])
    func oneChat(code: Int) {
        var health = AccountHealth(isFailing: false)
        #expect(health.note(refused(code), at: now) == AccountHealth.Reaction())
    }

    @Test(
        "the month of calls turns at midnight in Shanghai",
        arguments: [
            ("2026-11-30T15:59:59.999Z", "2026-11-30T16:00:00.000Z"),
            ("2026-11-30T16:00:00Z", "2026-12-31T16:00:00.000Z"),
            ("2028-02-29T00:00:00Z", "2028-02-29T16:00:00.000Z"),
        ])
    func month(instant: String, end: String) throws {
        let instant = try #require(Timestamp(text: instant))
        let month = CallMonth(containing: instant)
        #expect(month.end.description == end)
        #expect(month.start <= instant && instant < month.end)
    }
}
