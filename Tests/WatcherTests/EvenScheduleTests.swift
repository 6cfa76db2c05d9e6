import TestKit
import Testing
import Time
import Watcher

@Suite("The even schedule")
struct EvenScheduleTests {
    private let start = Timestamp(seconds: 1_764_000_000)

    /// Runs a schedule against a platform that answers at once; the polls as (time, chat).
    private func run(
        _ schedule: inout EvenSchedule, from start: Timestamp, for duration: Duration, backoff: [String: Duration] = [:]
    ) -> [(at: Timestamp, chat: String)] {
        var polls: [(at: Timestamp, chat: String)] = []
        var now = start
        while now < start + duration {
            switch schedule.next(at: now) {
            case .poll(let chat):
                polls.append((now, chat))
                schedule.finished(chat, outcome: .unchanged, backoff: backoff[chat], at: now)
            case .wait(let until): now = until
            case .idle: return polls
            }
        }
        return polls
    }

    @Test("every chat is polled in its turn, one poll every n-th of the interval")
    func spread() {
        var schedule = EvenSchedule(callSpacing: .milliseconds(1), minInterval: .seconds(10))
        for chat in ["a", "b", "c", "d"] { schedule.add(chat, at: start) }
        let polls = run(&schedule, from: start, for: .seconds(100))
        #expect(polls.prefix(8).map(\.chat) == ["a", "b", "c", "d", "a", "b", "c", "d"])
        #expect(zip(polls, polls.dropFirst()).allSatisfy { $1.at - $0.at == .milliseconds(2500) })
    }

    @Test("the rate of calls bounds the polls when there are too many chats")
    func rate() {
        var schedule = EvenSchedule(callSpacing: .milliseconds(100), minInterval: .seconds(1))
        for number in 0..<50 { schedule.add("c\(number)", at: start) }
        let polls = run(&schedule, from: start, for: .seconds(50))
        #expect(polls.count == 500)
        #expect(Set(polls.prefix(50).map(\.chat)).count == 50)
        #expect(zip(polls, polls.dropFirst()).allSatisfy { $1.at - $0.at >= .milliseconds(100) })
    }

    @Test("a chat that rests does not slow the others")
    func backoff() {
        var schedule = EvenSchedule(callSpacing: .milliseconds(1), minInterval: .seconds(10))
        schedule.add("good", at: start)
        schedule.add("bad", at: start)
        let polls = run(&schedule, from: start, for: .seconds(100), backoff: ["bad": .seconds(60)])
        #expect(polls.filter { $0.chat == "good" }.count == 10)
        #expect(polls.filter { $0.chat == "bad" }.count == 2)
    }

    @Test("lost time is not made up in a burst")
    func noBurst() {
        var schedule = EvenSchedule(callSpacing: .milliseconds(1), minInterval: .seconds(10))
        for number in 0..<10 { schedule.add("c\(number)", at: start) }
        _ = run(&schedule, from: start, for: .seconds(20))
        let late = run(&schedule, from: start + .seconds(3600), for: .seconds(10))
        #expect(late.filter { $0.at < start + .seconds(3600) + .milliseconds(900) }.count <= 2)
    }

    @Test("a chat that is out being polled is not handed out again, and a removed one not at all")
    func inFlight() {
        var schedule = EvenSchedule(callSpacing: .milliseconds(1), minInterval: .seconds(1))
        schedule.add("a", at: start)
        #expect(schedule.next(at: start) == .poll("a"))
        #expect(schedule.next(at: start + .seconds(60)) == .idle)
        schedule.remove("a")
        schedule.finished("a", outcome: .changed, backoff: nil, at: start + .seconds(60))
        #expect(schedule.next(at: start + .seconds(120)) == .idle)
    }

    @Test("a hastened chat is next")
    func hasten() {
        var schedule = EvenSchedule(callSpacing: .milliseconds(1), minInterval: .seconds(10))
        for chat in ["a", "b", "c"] { schedule.add(chat, at: start) }
        schedule.hasten("c", at: start)
        #expect(schedule.next(at: start) == .poll("c"))
    }

    @Test("the queue of due times agrees with a sorted list", arguments: 1...10 as ClosedRange<UInt64>)
    func dueOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var schedule = EvenSchedule(callSpacing: .milliseconds(1), minInterval: .milliseconds(1))
        var due: [String: Int64] = [:]
        for _ in 0..<300 {
            let chat = "c\(Int.random(in: 0..<60, using: &random))"
            if Bool.random(using: &random) {
                if due[chat] == nil {
                    let offset = Int64.random(in: 0..<1_000_000, using: &random)
                    schedule.add(chat, at: start + .milliseconds(offset))
                    due[chat] = offset
                }
            } else {
                schedule.remove(chat)
                due[chat] = nil
            }
        }
        var order: [String] = []
        while case .poll(let chat) = schedule.next(at: start + .seconds(10_000 + Int64(order.count))) {
            order.append(chat)
        }
        #expect(order.map { due[$0] } == due.values.sorted().map(Optional.some))
    }
}
