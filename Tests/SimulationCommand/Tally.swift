import Simulation

/// The counts of many runs.
struct Tally: Sendable {
    private(set) var runs = 0
    private(set) var processes = 0
    private(set) var deliveries = 0
    private(set) var duplicates = 0
    private(set) var bound = 0
    private(set) var failures: [Outcome] = []

    static func run(_ seeds: Range<UInt64>, jobs: Int) async -> Tally {
        var whole = await withTaskGroup(of: Tally.self) { group in
            for job in 0..<UInt64(jobs) {
                group.addTask {
                    var tally = Tally()
                    for seed in seeds where seed % UInt64(jobs) == job { tally.add(Simulation.run(seed: seed)) }
                    return tally
                }
            }
            return await group.reduce(into: Tally()) { $0.add($1) }
        }
        whole.failures.sort { $0.seed < $1.seed }
        return whole
    }

    private mutating func add(_ outcome: Outcome) {
        var one = Tally()
        (one.runs, one.processes, one.deliveries) = (1, outcome.processes, outcome.deliveries)
        (one.duplicates, one.bound) = (outcome.duplicates, outcome.bound)
        if !outcome.breaches.isEmpty { one.failures = [outcome] }
        add(one)
    }

    private mutating func add(_ other: Tally) {
        runs += other.runs
        processes += other.processes
        deliveries += other.deliveries
        duplicates += other.duplicates
        bound += other.bound
        failures += other.failures
    }

    var lost: Int { count([.nothingLost, .snapshotIsFold, .drains]) }
    var reordered: Int { count([.inOrder]) }
    var others: Int { count(Set(Invariant.allCases)) - lost - reordered }

    private func count(_ invariants: Set<Invariant>) -> Int {
        failures.reduce(0) { sum, outcome in sum + outcome.breaches.count { invariants.contains($0.invariant) } }
    }
}
