import Glibc
import Simulation

/// Runs the daemon's real parts in seeded worlds of faults.
///
///     simulation [--seeds N] [--first N] [--seed N] [--sabotage NAME] [--trace LINES] [--jobs N] [--controls N]
///
/// Prints a line of counts, and exits with 1 on a breach. `--seed` repeats one run and shows its last steps.
@main
struct SimulationCommand {
    static func main() async {
        // Sets are walked in the order of their hashes, which otherwise differ from process to process.
        if getenv("SWIFT_DETERMINISTIC_HASHING") == nil { startAnew() }
        let options: Options
        switch Options.reading(CommandLine.arguments.dropFirst()) {
        case .success(let read): options = read
        case .failure(let problem):
            print("simulation: \(problem.text)")
            exit(2)
        }
        if let seed = options.seed {
            exit(repeatRun(seed, options) ? 0 : 1)
        }
        let controls = Controls.run(seedsEach: options.controls)
        let tally = await Tally.run(options.first..<(options.first + options.seeds), jobs: options.jobs)
        for failure in tally.failures.prefix(10) { report(failure) }
        for control in controls where !control.isCaught { print("control \(control.sabotage.rawValue) was not caught") }
        print(tally.line(controls))
        exit(tally.failures.isEmpty && controls.allSatisfy(\.isCaught) ? 0 : 1)
    }

    private static func startAnew() {
        setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
        var arguments = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv("/proc/self/exe", arguments)
        perror("simulation")
        exit(2)
    }

    private static func repeatRun(_ seed: UInt64, _ options: Options) -> Bool {
        let outcome = Simulation.run(seed: seed, sabotage: options.sabotage, traceLength: options.trace ?? 60)
        for line in outcome.trace { print(line) }
        for breach in outcome.breaches { print("seed \(seed): \(breach)") }
        print(
            "seed \(seed): \(outcome.events) events, \(outcome.deliveries) deliveries, \(outcome.processes) processes, "
                + "\(outcome.steps) steps, \(outcome.duplicates) duplicates of \(outcome.bound) allowed, "
                + "\(outcome.breaches.count) breaches")
        return outcome.breaches.isEmpty
    }

    private static func report(_ outcome: Outcome) {
        for breach in outcome.breaches.prefix(3) { print("seed \(outcome.seed): \(breach)") }
        print("  repeat it: \(CommandLine.arguments[0]) --seed \(outcome.seed)")
    }
}
