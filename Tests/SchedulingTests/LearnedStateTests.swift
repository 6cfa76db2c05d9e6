import Testing
import Time

@testable import Scheduling

@Suite("Learned state over a restart")
struct LearnedStateTests {
    @Test("a schedule that is restored expects what the old one did, and reads nothing anew")
    func restart() throws {
        var before = Simulation(Simulation.schedule(6, at: monthStart), at: monthStart)
        before.outcome = { chat, _ in chat == "c0" || chat == "c1" ? .changed : .unchanged }
        before.run(for: .seconds(10 * 86_400))
        var after = Simulation.schedule(0, learned: before.schedule.learnedOrganization, at: before.now)
        for chat in 0..<6 {
            let learned = try #require(before.schedule.learned(of: "c\(chat)"))
            after.add("c\(chat)", PollTerms(), learned: learned, at: before.now)
        }
        #expect(after.prior == before.schedule.prior)
        var restored = Simulation(after, at: before.now)
        restored.run(for: .seconds(3600))
        #expect(restored.polls.count < 12)
        let old = try #require(before.schedule.outlook(of: "c0"))
        let new = try #require(restored.schedule.outlook(of: "c0"))
        #expect(abs(new.interval.inSeconds / old.interval.inSeconds - 1) < 0.5)
        #expect(new.interval < restored.schedule.outlook(of: "c5")?.interval ?? .zero)
    }

    @Test("what was learned is taken for storage once, in batches")
    func unsaved() {
        var simulation = Simulation(Simulation.schedule(10, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(86_400))
        var taken: Set<String> = []
        while case let batch = simulation.schedule.takeUnsaved(atMost: 3), !batch.isEmpty {
            #expect(batch.count <= 3)
            for (chat, _) in batch { #expect(!taken.contains(chat)) }
            taken.formUnion(batch.map(\.chat))
        }
        #expect(taken.count == 10)
        simulation.run(for: .seconds(600))
        let rest = simulation.schedule.takeUnsaved(atMost: 100)
        #expect(rest.count < 5)
    }

    @Test("nothing is to be stored when nothing was polled since")
    func memory() throws {
        var simulation = Simulation(Simulation.schedule(10, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(86_400))
        let taken = simulation.schedule.takeMemory(atMost: 100)
        let memory = try #require(taken)
        #expect(memory.rates.count == 10)
        #expect(memory.spending?.calls == simulation.polls.count)
        let second = simulation.schedule.takeMemory(atMost: 100)
        #expect(second == nil)
    }

    @Test("other terms and other limits forget nothing")
    func retuned() throws {
        var simulation = Simulation(Simulation.schedule(10, at: monthStart), at: monthStart)
        simulation.run(for: .seconds(86_400))
        let learned = try #require(simulation.schedule.learned(of: "c3"))
        let used = simulation.schedule.budget.used
        simulation.schedule.change("c3", PollTerms(weight: 4), at: simulation.now)
        simulation.schedule.retune(
            IndexSchedule.Limits(callsPerSecond: 10, interval: .seconds(60) ... .seconds(86_400)),
            callsPerMonth: 50_000,
            at: simulation.now)
        #expect(simulation.schedule.learned(of: "c3") == learned)
        #expect(simulation.schedule.budget.used == used)
        let before = simulation.polls.count
        simulation.run(for: .seconds(86_400))
        #expect(simulation.polls.count - before > 1500)
    }

    @Test("state that makes no sense is not taken")
    func nonsense() {
        let learned = LearnedOrganization(
            prior: RatePrior(logMedian: .nan, deviation: 1), hourChanges: [1], hourExpected: [])
        let schedule = Simulation.schedule(1, learned: learned, at: monthStart)
        #expect(schedule.prior == .initial)
        #expect(schedule.rhythm == .even)
    }
}
