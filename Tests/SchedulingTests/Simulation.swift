import Time

@testable import Scheduling

/// Runs a schedule against a platform that answers at once.
struct Simulation {
    var schedule: IndexSchedule
    var now: Timestamp
    private(set) var polls: [(at: Timestamp, chat: String)] = []
    /// What a poll of a chat finds, by its name and the time since its last poll.
    var outcome: (String, Duration) -> PollOutcome = { _, _ in .unchanged }
    /// How many calls the platform counts for a poll.
    var calls: (String) -> Int = { _ in 1 }
    private var last: [String: Timestamp] = [:]

    init(_ schedule: IndexSchedule, at now: Timestamp) {
        self.schedule = schedule
        self.now = now
    }

    mutating func run(for duration: Duration) {
        let end = now + duration
        while now < end {
            switch schedule.next(at: now) {
            case .poll(let chat):
                polls.append((now, chat))
                let outcome = outcome(chat, now - (last[chat] ?? now))
                last[chat] = now
                schedule.finished(chat, outcome: outcome, calls: calls(chat), at: now)
            case .wait(let until): now = min(until, end)
            case .idle: now = end
            }
        }
    }

    func times(_ chat: String) -> [Timestamp] {
        polls.filter { $0.chat == chat }.map(\.at)
    }

    static func schedule(
        _ chats: Int, callsPerMonth: Int? = 5000,
        interval: ClosedRange<Duration> = .seconds(5) ... .seconds(30 * 86_400),
        learned: LearnedOrganization? = nil, at now: Timestamp
    ) -> IndexSchedule {
        var schedule = IndexSchedule(
            limits: IndexSchedule.Limits(callsPerSecond: 15, interval: interval),
            budget: CallBudget(callsPerMonth: callsPerMonth, at: now), learned: learned, at: now, seed: 7)
        for chat in 0..<chats { schedule.add("c\(chat)", at: now) }
        return schedule
    }
}

/// Gaps between consecutive times.
func gaps(_ times: [Timestamp]) -> [Duration] {
    zip(times, times.dropFirst()).map { $1 - $0 }
}

/// Midnight of 1 November 2026 in Shanghai, where a month of 30 days begins.
let monthStart = Timestamp(milliseconds: 1_793_462_400_000)
