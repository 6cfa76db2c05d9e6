import Synchronization
import Time

/// One run of the real watcher, dispatcher and platform client in a world of faults. A run is a pure function of its seed.
///
/// First things change and fail, at any step; then all is well until nothing is left to be done; then what the store keeps is
/// compared with what the world knows.
package struct Simulation {
    /// A backlog that has not drained so long after the last fault never will.
    private static let patience: Duration = .seconds(4 * 3600)
    /// A run that goes on for longer goes round in circles.
    private static let stepLimit = 3_000_000

    private let world: World
    private let seed: UInt64
    private var process: SimulatedProcess
    private var processes = 1
    private var steps = 0
    /// The step at which the process dies.
    private var death: Int?
    private let isDone = Slot<Bool>()

    /// - `sabotage`: a promise to be broken, which the run must notice.
    /// - `traceLength`: how many of the last steps are kept.
    package static func run(seed: UInt64, sabotage: Sabotage? = nil, traceLength: Int = 0) -> Outcome {
        var simulation = Simulation(seed: seed, sabotage: sabotage, traceLength: traceLength)
        simulation.run()
        return simulation.outcome()
    }

    private init(seed: UInt64, sabotage: Sabotage?, traceLength: Int) {
        self.seed = seed
        world = World(seed: seed, sabotage: sabotage, traceLength: traceLength)
        process = SimulatedProcess(world, number: 1)
    }

    // MARK: - The run

    private mutating func run() {
        world.begin()
        begin()
        Self.planLook(world, isDone)
        while isDone.value == nil {
            if world.executor.step() {
                steps += 1
                if steps == death { kill() }
                if steps > Self.stepLimit { return fail("the process goes round in circles") }
            } else if process.hasEnded {
                restart()
            } else if !world.agenda.step() {
                return fail("everything sleeps for ever")
            } else if let since = world.turn.withLock({ $0.calmSince }), world.agenda.now - since > Self.patience {
                return fail("a backlog is left \(Self.patience) after the last fault")
            }
        }
        kill()
    }

    private func fail(_ text: String) {
        world.witness.report(.drains, text)
        process.kill()
        drain()
    }

    private mutating func begin() {
        process.start()
        death = nil
        if world.strikes(world.scenario.faults.crash) {
            death = steps + world.chance.number(in: 1...world.chance.pick([60, 600, 6_000]))
        }
    }

    private mutating func restart() {
        let isUp = Slot<Bool>()
        world.agenda.plan(in: world.chance.milliseconds(100...20_000)) { isUp.fill(true) }
        while isUp.value == nil, world.agenda.step() { drain() }
        processes += 1
        process = SimulatedProcess(world, number: processes)
        begin()
    }

    private func kill() {
        process.kill()
        drain()
    }

    private func drain() {
        while world.executor.step() {}
    }

    // MARK: - The end

    /// Looks now and then whether all is done.
    private static func planLook(_ world: World, _ isDone: Slot<Bool>) {
        world.agenda.plan(in: .seconds(5)) {
            if let since = world.turn.withLock({ $0.calmSince }) {
                Task(executorPreference: world.executor) {
                    if await world.isDrained(since: since) { isDone.fill(true) }
                }
            }
            planLook(world, isDone)
        }
    }

    private func outcome() -> Outcome {
        var outcome = Outcome(seed: seed)
        let ledgers = Slot<Ledgers>()
        Task(executorPreference: world.executor) { [world] in
            do {
                ledgers.fill(try await Ledgers(of: world.disk))
            } catch {
                world.witness.report(.nothingLost, "the store cannot be read: \(error)")
            }
        }
        drain()
        outcome.breaches = world.witness.whole.breaches
        if let ledgers = ledgers.value { Audit(world, ledgers).judge(&outcome) }
        outcome.processes = processes
        outcome.steps = steps
        outcome.sabotaged = world.turn.withLock { $0.sabotaged }
        outcome.trace = world.trace.last
        world.agenda.clear()
        return outcome
    }
}
