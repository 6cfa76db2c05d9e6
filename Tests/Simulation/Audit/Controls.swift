/// Shows that the runs can fail: each promise is broken, and the right invariant must notice.
package enum Controls {
    package struct Result: Sendable {
        package var sabotage: Sabotage
        /// The first run in which the broken promise was noticed.
        package var outcome: Outcome?

        package var isCaught: Bool { outcome != nil }
    }

    package static func run(seedsEach: UInt64) -> [Result] {
        seedsEach == 0 ? [] : Sabotage.allCases.map { run($0, seeds: 0..<seedsEach) }
    }

    /// Goes through seeds until one notices, by the invariant that must.
    package static func run(_ sabotage: Sabotage, seeds: Range<UInt64>) -> Result {
        for seed in seeds {
            let outcome = Simulation.run(seed: seed, sabotage: sabotage)
            let noticed = Set(outcome.breaches.map(\.invariant))
            if outcome.sabotaged > 0 || sabotage == .lanesIgnored, !noticed.isDisjoint(with: sabotage.mustNotice) {
                return Result(sabotage: sabotage, outcome: outcome)
            }
        }
        return Result(sabotage: sabotage, outcome: nil)
    }
}
