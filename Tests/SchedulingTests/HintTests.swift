import Testing
import Time

@testable import Scheduling

@Suite("Hints and refusals")
struct HintTests {
    /// A schedule whose chats were all read, and a time between two turns.
    private func settled(_ chats: Int = 5, callsPerMonth: Int? = 5000) -> Simulation {
        var simulation = Simulation(
            Simulation.schedule(chats, callsPerMonth: callsPerMonth, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(86_400 + 1800))
        return simulation
    }

    @Test("a hinted chat is polled at once, and many hints are one poll")
    func hint() {
        var simulation = settled()
        let hinted = simulation.now
        for _ in 0..<10 { simulation.schedule.hasten("c3", at: hinted) }
        let decision1 = simulation.schedule.next(at: hinted)
        #expect(decision1 == .poll("c3"))
        simulation.schedule.finished("c3", outcome: .changed, backoff: nil, at: hinted)
        let decision2 = simulation.schedule.next(at: hinted)
        #expect(decision2 != .poll("c3"))
    }

    @Test("a hint that comes while its chat is being read has it read once more")
    func hintInFlight() {
        var simulation = settled()
        var now = simulation.now
        simulation.schedule.hasten("c3", at: now)
        let decision3 = simulation.schedule.next(at: now)
        #expect(decision3 == .poll("c3"))
        simulation.schedule.hasten("c3", at: now)
        now = now + .seconds(1)
        simulation.schedule.finished("c3", outcome: .unchanged, backoff: nil, at: now)
        let decision4 = simulation.schedule.next(at: now)
        #expect(decision4 == .wait(until: now + .seconds(5)))
        let decision5 = simulation.schedule.next(at: now + .seconds(5))
        #expect(decision5 == .poll("c3"))
    }

    @Test("a storm of hints spends its part of the month and no more")
    func storm() {
        var simulation = settled(20, callsPerMonth: 3000)
        let before = simulation.polls.count
        for minute in 0..<(10 * 1440) {
            simulation.schedule.hasten("c\(minute % 20)", at: simulation.now)
            simulation.run(for: .seconds(60))
        }
        // Ten days of ordinary turns, half as many hints, and the reserve.
        let spent = simulation.polls.count - before
        #expect(spent > 1000 && spent < 1700)
    }

    @Test("nothing is polled after the platform said that the month is spent, until the next one begins")
    func quotaSpent() {
        var simulation = settled()
        simulation.outcome = { _, _ in .quotaSpent }
        simulation.schedule.hasten("c1", at: simulation.now)
        let end = monthStart + .seconds(30 * 86_400)
        simulation.run(for: .seconds(1))
        let decision6 = simulation.schedule.next(at: simulation.now)
        #expect(decision6 == .wait(until: end))
        simulation.schedule.hasten("c2", at: simulation.now)
        let decision7 = simulation.schedule.next(at: simulation.now)
        #expect(decision7 == .wait(until: end))
        simulation.outcome = { _, _ in .unchanged }
        simulation.now = end
        let before = simulation.polls.count
        simulation.run(for: .seconds(86_400))
        #expect(simulation.polls.count > before + 100)
    }

    @Test("a call that was not counted is given back, and so is its turn")
    func uncounted() {
        var simulation = settled()
        let used = simulation.schedule.budget.used
        let before = simulation.polls.count
        simulation.outcome = { _, _ in .failed }
        simulation.calls = { _ in 0 }
        simulation.run(for: .seconds(3600))
        #expect(simulation.schedule.budget.used == used)
        // Each chat once, one right after the other, and then the first of them again after its rest.
        let failed = simulation.polls[before...]
        #expect(failed.count >= 5 && failed.count <= 10)
    }

    @Test("what the reserve lets go of as the month goes on is spent")
    func starved() {
        var simulation = settled(callsPerMonth: 1000)
        simulation.run(for: .seconds(5 * 86_400))
        let used = simulation.schedule.budget.used
        // The reserve of this month is more than the ten calls that are left.
        simulation.schedule.retune(
            simulation.schedule.limits, callsPerMonth: used + 10, at: simulation.now)
        let before = simulation.polls.count
        simulation.run(for: monthStart + .seconds(30 * 86_400) - simulation.now)
        #expect(simulation.polls.count - before >= 8)
    }

    @Test("calls that were counted twice are spent twice")
    func countedTwice() {
        var simulation = settled()
        let used = simulation.schedule.budget.used
        let before = simulation.polls.count
        simulation.calls = { _ in 2 }
        simulation.run(for: .seconds(7200))
        #expect(simulation.schedule.budget.used - used == 2 * (simulation.polls.count - before))
    }

    @Test("a hint does not wait for the quiet around the hour, a turn does")
    func quiet() {
        let hour = monthStart + .seconds(34 * 3600)
        for isHinted in [true, false] {
            var simulation = settled(200)
            simulation.run(for: hour - simulation.now)
            simulation.now = hour
            if isHinted { simulation.schedule.hasten("c3", at: hour) }
            let decision = simulation.schedule.next(at: hour)
            #expect((decision == .poll("c3")) == isHinted)
        }
    }
}
