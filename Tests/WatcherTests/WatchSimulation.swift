import Chats
import Deliveries
import DingTalk
import Scheduling
import Time

@testable import Watcher

/// A watch whose platform answers at once, as a test says, in a time of its own.
struct WatchSimulation {
    /// Midnight of 2 November 2026 in Shanghai, and ten minutes.
    static let start = Timestamp(milliseconds: 1_793_549_400_000)

    var state: WatchState
    var now = start
    /// What the platform answers a chat with at a time.
    var answer: (String, Timestamp) -> MeteredReading = { _, _ in MeteredReading(.unchanged, calls: 1) }
    private(set) var polls: [(at: Timestamp, chat: String)] = []
    private(set) var announcements: [(at: Timestamp, change: Change)] = []

    init(_ chats: Int, callsPerMonth: Int? = nil, interval: ClosedRange<Duration> = .seconds(10) ... .seconds(3600)) {
        state = WatchState(
            plan: Self.plan(0..<chats, callsPerMonth: callsPerMonth, interval: interval), known: WatchMemory(),
            trouble: nil, at: Self.start, seed: 3)
    }

    static func plan(
        _ chats: Range<Int>, callsPerMonth: Int? = nil,
        interval: ClosedRange<Duration> = .seconds(10) ... .seconds(3600)
    ) -> WatchPlan {
        WatchPlan(
            chats: chats.map { WatchPlan.Chat(id: "c\($0)") },
            policy: WatchPlan.Policy(
                limits: IndexSchedule.Limits(callsPerSecond: 15, interval: interval), callsPerMonth: callsPerMonth,
                subscriptions: Subscriptions([])))
    }

    mutating func run(for duration: Duration) {
        let end = now + duration
        while now < end {
            switch state.next(at: now) {
            case .poll(let chat):
                polls.append((now, chat))
                let answer = answer(chat, now)
                now = now + .milliseconds(50)
                note(state.finish(chat, answer, nil, wall: now, steady: now))
            case .wait(let until):
                note(state.noticeOfSpentCalls(at: now))
                now = min(max(until, now), end)
            case .idle: now = end
            }
        }
    }

    private mutating func note(_ change: Change?) {
        if let change { announcements.append((now, change)) }
    }

    /// Times between the polls of a chat, from some time on.
    func gaps(_ chat: String, since: Timestamp = start) -> [Duration] {
        let times = polls.filter { $0.chat == chat && $0.at >= since }.map(\.at)
        return zip(times, times.dropFirst()).map { $1 - $0 }
    }

    func polls(since: Timestamp) -> [String] {
        polls.filter { $0.at >= since }.map(\.chat)
    }
}

extension MeteredReading {
    static let unchanged = MeteredReading(.unchanged, calls: 1)

    static func refused(_ code: Int, until: Timestamp? = nil, calls: Int = 1) -> MeteredReading {
        MeteredReading(.refused(Refusal(code: code, message: "m", until: until)), calls: calls)
    }

    static func unreadable(_ kind: Unreadable.Kind) -> MeteredReading {
        MeteredReading(.unreadable(Unreadable(kind, "t")), calls: kind == .content ? 1 : 0)
    }
}
