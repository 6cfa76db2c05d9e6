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

    @Test(
        "keep every promise where they once did not",
        arguments: [
            // What a dead process had under way arrived late, and the next one soon sent more than the rate allows.
            2592, 3442,
            // A probe that had not left yet was taken back, and the next one, for ever.
            2094, 3312,
        ])
    func found(seed: UInt64) {
        #expect(Simulation.run(seed: seed).breaches == [], "repeat it: .build/debug/simulation --seed \(seed)")
    }

    @Test("are caught when they break a promise, by the invariant that it stands for", arguments: Sabotage.allCases)
    func control(sabotage: Sabotage) {
        #expect(Controls.run(sabotage, seeds: 0..<60).isCaught)
    }
}
