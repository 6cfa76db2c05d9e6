import Glibc
import Testing
import Time

@testable import Scheduling

@Suite("The index schedule")
struct IndexScheduleTests {
    private static let day: Duration = .seconds(86_400)

    /// Chats that change at these rates a day.
    private func outcomes(_ rates: [Double], seed: UInt64) -> (String, Duration) -> PollOutcome {
        var random = SplitMix64(seed: seed)
        return { chat, elapsed in
            let rate = Int(chat.dropFirst()).map { rates[$0] } ?? 0
            return random.unit() < 1 - exp(-rate * elapsed.inSeconds / 86_400) ? .changed : .unchanged
        }
    }

    @Test("new chats are read once each, within minutes, one at a time")
    func firstReads() {
        var simulation = Simulation(
            Simulation.schedule(50, at: monthStart + .seconds(700)), at: monthStart + .seconds(700))
        simulation.run(for: .seconds(900))
        #expect(Set(simulation.polls.map(\.chat)).count == 50)
        #expect(simulation.polls.count <= 53)
        #expect(gaps(simulation.polls.prefix(50).map(\.at)).allSatisfy { $0 >= .seconds(8) })
    }

    @Test("a month's calls are spent, and no call more", arguments: [200, 5000, 20_000])
    func budget(calls: Int) {
        var simulation = Simulation(Simulation.schedule(10, callsPerMonth: calls, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(30 * 86_400))
        #expect(simulation.polls.count <= calls)
        #expect(simulation.polls.count >= calls - 2)
        let half = simulation.polls.filter { $0.at < monthStart + .seconds(15 * 86_400) }.count
        #expect(abs(Double(half) / Double(calls) - 0.5) < 0.03)
    }

    @Test("the next month begins anew")
    func nextMonth() {
        var simulation = Simulation(Simulation.schedule(10, callsPerMonth: 300, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(61 * 86_400))
        #expect((596...600).contains(simulation.polls.count))
        #expect(gaps(simulation.polls.map(\.at)).allSatisfy { $0 < .seconds(2 * 86_400) })
    }

    @Test("calls go with the square root of the rate")
    func squareRoots() {
        let rates = [0.25, 1, 4, 16]
        var simulation = Simulation(Simulation.schedule(4, at: monthStart), at: monthStart)
        simulation.outcome = outcomes(rates, seed: 3)
        simulation.run(for: .seconds(60 * 86_400))
        let last = simulation.polls.filter { $0.at >= monthStart + .seconds(30 * 86_400) }
        let counts = (0..<4).map { chat in Double(last.filter { $0.chat == "c\(chat)" }.count) }
        for chat in 0..<3 { #expect(abs(counts[chat + 1] / counts[chat] - 2) < 0.6) }
    }

    @Test("weights count like rates")
    func weights() {
        var schedule = Simulation.schedule(0, at: monthStart)
        for chat in 0..<4 {
            schedule.add("c\(chat)", PollTerms(weight: chat == 0 ? 9 : 1), learned: nil, at: monthStart)
        }
        var simulation = Simulation(schedule, at: monthStart)
        simulation.outcome = outcomes([2, 2, 2, 2], seed: 5)
        simulation.run(for: .seconds(30 * 86_400))
        let ratio = Double(simulation.times("c0").count) / Double(simulation.times("c1").count)
        #expect(abs(ratio - 3) < 0.7)
    }

    @Test("a chat that never changes is still polled within the longest interval")
    func longestInterval() {
        let limit: Duration = .seconds(6 * 3600)
        var simulation = Simulation(
            Simulation.schedule(20, interval: .seconds(5)...limit, at: monthStart), at: monthStart)
        simulation.outcome = { chat, _ in chat == "c0" ? .unchanged : .changed }
        simulation.run(for: .seconds(20 * 86_400))
        // One turn late at most, for another may be out at that time.
        #expect(gaps(simulation.times("c0")).allSatisfy { $0 <= limit + .seconds(3600) })
    }

    @Test("a longest interval beyond the calls does not make an even round of it")
    func unaffordableLongestInterval() {
        let rates = (0..<60).map { $0 == 0 ? 40.0 : 0.2 }
        var simulation = Simulation(
            Simulation.schedule(60, interval: .seconds(5) ... .seconds(3600), at: monthStart), at: monthStart)
        simulation.outcome = outcomes(rates, seed: 1)
        simulation.run(for: .seconds(20 * 86_400))
        #expect(simulation.times("c0").count > 3 * simulation.times("c1").count)
    }

    @Test("the shortest interval holds however many calls there are")
    func shortestInterval() {
        var simulation = Simulation(
            Simulation.schedule(3, callsPerMonth: nil, interval: .seconds(10) ... .seconds(3600), at: monthStart),
            at: monthStart + .seconds(60))
        simulation.outcome = { _, _ in .changed }
        simulation.run(for: .seconds(600))
        for chat in ["c0", "c1", "c2"] {
            let times = simulation.times(chat)
            #expect(gaps(times).allSatisfy { $0 >= .seconds(10) })
            #expect(times.count > 45)
        }
        #expect(gaps(simulation.polls.map(\.at)).allSatisfy { $0 >= .milliseconds(60) })
    }

    @Test("a fixed interval is kept, and paid for by the others")
    func fixedInterval() {
        var schedule = Simulation.schedule(10, at: monthStart)
        schedule.add("fixed", PollTerms(interval: .seconds(1800)), learned: nil, at: monthStart)
        var simulation = Simulation(schedule, at: monthStart)
        simulation.outcome = { chat, _ in chat == "fixed" ? .unchanged : .changed }
        simulation.run(for: .seconds(30 * 86_400))
        let intervals = gaps(simulation.times("fixed"))
        #expect(intervals.dropFirst(2).allSatisfy { $0 > .seconds(1700) && $0 < .seconds(1900) })
        #expect((4990...5000).contains(simulation.polls.count))
    }

    @Test("fixed intervals that ask for more than there is are stretched alike")
    func tooManyFixed() {
        var schedule = Simulation.schedule(2, callsPerMonth: 1000, at: monthStart)
        schedule.add("fixed", PollTerms(interval: .seconds(60)), learned: nil, at: monthStart)
        var simulation = Simulation(schedule, at: monthStart)
        simulation.run(for: .seconds(30 * 86_400))
        #expect(simulation.polls.count <= 1000)
        #expect(simulation.times("c0").count > 30)
        #expect(simulation.times("fixed").count > 800)
        #expect(gaps(simulation.times("fixed")).allSatisfy { $0 < .seconds(3 * 3600) })
    }

    @Test("nothing goes out on the hour, and hours differ in when they begin")
    func offTheHour() {
        var simulation = Simulation(Simulation.schedule(20, callsPerMonth: 1_000_000, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(86_400))
        let hour: Int64 = 3_600_000
        #expect(simulation.polls.allSatisfy { (3000..<3_599_000).contains($0.at.milliseconds % hour) })
    }

    @Test("time lost asleep is not made up in a burst")
    func noBurst() {
        var simulation = Simulation(Simulation.schedule(20, at: monthStart), at: monthStart)
        simulation.run(for: Self.day)
        simulation.now = simulation.now + .seconds(2 * 86_400 + 1234)
        let woken = simulation.now
        simulation.run(for: .seconds(3600))
        #expect(simulation.polls.filter { $0.at >= woken }.count <= 10)
    }

    @Test("a chat that is out being polled is not handed out again, and a removed one not at all")
    func inFlight() {
        var schedule = Simulation.schedule(1, at: monthStart)
        let now = monthStart + .seconds(60)
        let decisions = [schedule.next(at: now), schedule.next(at: now + .seconds(3600))]
        #expect(decisions == [.poll("c0"), .idle])
        schedule.remove("c0")
        schedule.finished("c0", outcome: .changed, backoff: nil, at: now + .seconds(3601))
        let last = schedule.next(at: now + .seconds(7200))
        #expect(last == .idle)
        #expect(schedule.outlook(of: "c0") == nil)
    }

    @Test("a chat that rests is left alone for that long and does not slow the others")
    func backoff() {
        var schedule = Simulation.schedule(3, at: monthStart)
        var polls: [String: [Timestamp]] = [:]
        var now = monthStart + .seconds(60)
        while now < monthStart + .seconds(10 * 86_400) {
            switch schedule.next(at: now) {
            case .poll(let chat):
                polls[chat, default: []].append(now)
                schedule.finished(
                    chat, outcome: chat == "c0" ? .failed : .unchanged, backoff: chat == "c0" ? Self.day : nil, at: now
                )
            case .wait(let until): now = until
            case .idle:
                Issue.record("idle with chats to poll")
                return
            }
        }
        #expect(gaps(polls["c0"] ?? []).allSatisfy { $0 >= Self.day })
        #expect((polls["c1"] ?? []).count > 700)
    }

    @Test("a chat that never answered is asked again")
    func failedFirstRead() {
        var simulation = Simulation(Simulation.schedule(5, at: monthStart), at: monthStart)
        simulation.outcome = { chat, _ in chat == "c0" ? .failed : .unchanged }
        simulation.calls = { $0 == "c0" ? 0 : 1 }
        simulation.run(for: .seconds(86_400))
        #expect(simulation.times("c0").count > 3)
        #expect(simulation.times("c1").count > 20)
    }

    @Test("order and places survive chats coming and going", arguments: 1...5 as ClosedRange<UInt64>)
    func churn(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var simulation = Simulation(Simulation.schedule(0, at: monthStart), at: monthStart)
        var members: Set<String> = []
        for _ in 0..<400 {
            let chat = "c\(Int.random(in: 0..<40, using: &random))"
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                simulation.schedule.remove(chat)
                members.remove(chat)
            case 1:
                simulation.schedule.hasten(chat, at: simulation.now)
            default:
                simulation.schedule.add(chat, at: simulation.now)
                members.insert(chat)
            }
            let seen = simulation.polls.count
            simulation.run(for: .seconds(Int64.random(in: 1...2000, using: &random)))
            #expect(simulation.polls[seen...].allSatisfy { members.contains($0.chat) })
        }
        #expect(simulation.schedule.count == members.count)
    }
}
