import Simulation

/// What came of many runs.
struct Tally: Sendable {
    private(set) var runs = 0
    private(set) var failures: [Outcome] = []
    private var events = 0
    private var deliveries = 0
    private var processes = 0
    private var duplicates = 0
    private var bound = 0

    static func run(_ seeds: Range<UInt64>, jobs: Int) async -> Tally {
        let parts = await withTaskGroup(of: Tally.self) { group in
            for job in 0..<UInt64(jobs) {
                group.addTask {
                    var tally = Tally()
                    for seed in seeds where seed % UInt64(jobs) == job { tally.add(Simulation.run(seed: seed)) }
                    return tally
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var whole = Tally()
        for part in parts { whole.add(part) }
        whole.failures.sort { $0.seed < $1.seed }
        return whole
    }

    private mutating func add(_ outcome: Outcome) {
        runs += 1
        events += outcome.events
        deliveries += outcome.deliveries
        processes += outcome.processes
        duplicates += outcome.duplicates
        bound += outcome.bound
        if !outcome.breaches.isEmpty { failures.append(outcome) }
    }

    private mutating func add(_ other: Tally) {
        runs += other.runs
        failures += other.failures
        events += other.events
        deliveries += other.deliveries
        processes += other.processes
        duplicates += other.duplicates
        bound += other.bound
    }

    private func count(_ invariants: Set<Invariant>) -> Int {
        failures.reduce(0) { sum, outcome in sum + outcome.breaches.count { invariants.contains($0.invariant) } }
    }

    func line(_ controls: [Controls.Result]) -> String {
        let lost = count([.nothingLost, .snapshotIsFold, .drains])
        let reordered = count([.inOrder])
        let others = failures.reduce(0) { $0 + $1.breaches.count } - lost - reordered
        return "simulation: \(runs) runs, \(processes) processes, \(events) events, \(deliveries) deliveries, "
            + "\(lost) lost, \(reordered) reordered, \(duplicates) duplicates of at most \(bound), "
            + "\(others) other breaches, \(controls.count(where: \.isCaught)) of \(controls.count) controls failed as they must"
    }
}
