import Simulation
import Testing

@Suite("The daemon's parts in seeded worlds of faults")
struct SimulationTests {
    @Test("keep every promise", arguments: 0..<40)
    func promises(seed: UInt64) {
        let outcome = Simulation.run(seed: seed)
        #expect(outcome.breaches == [], "repeat it: .build/debug/simulation --seed \(seed)")
        #expect(outcome.duplicates <= outcome.bound)
    }

    @Test("are caught when they break a promise, by the invariant that it stands for", arguments: Sabotage.allCases)
    func control(sabotage: Sabotage) {
        #expect(Controls.run(sabotage, seeds: 0..<60).isCaught)
    }

    @Test("do the same again for the same seed", arguments: [3, 17])
    func repeatable(seed: UInt64) {
        let first = Simulation.run(seed: seed, traceLength: 100_000)
        let second = Simulation.run(seed: seed, traceLength: 100_000)
        #expect(first.trace == second.trace)
        #expect(first.steps == second.steps)
    }
}
