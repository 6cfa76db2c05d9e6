import Glibc
import JSON
import Simulation

/// Runs the daemon's real parts in seeded worlds of faults.
///
///     simulation [--seeds N] [--first N] [--jobs N] [--controls N] [--json]
///     simulation --seed N [--sabotage NAME] [--trace LINES]
///
/// Prints a line of counts, and exits with 1 on a breach. `--seed` repeats one run and shows its last steps.
@main
struct SimulationCommand {
    static func main() async {
        // Sets are walked in the order of their hashes, which otherwise differ from process to process.
        if getenv("SWIFT_DETERMINISTIC_HASHING") == nil { startAnew() }
        switch Options.reading(CommandLine.arguments.dropFirst()) {
        case .failure(let problem):
            print("simulation: \(problem.text)")
            exit(2)
        case .success(let options):
            if let seed = options.seed { exit(again(seed, options) ? 0 : 1) }
            let isGood = await all(options)
            exit(isGood ? 0 : 1)
        }
    }

    private static func startAnew() {
        setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
        var arguments = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv("/proc/self/exe", arguments)
        perror("simulation")
        exit(2)
    }

    private static func again(_ seed: UInt64, _ options: Options) -> Bool {
        let outcome = Simulation.run(seed: seed, sabotage: options.sabotage, traceLength: options.trace)
        for line in outcome.trace { print(line) }
        for breach in outcome.breaches { print("seed \(seed): \(breach)") }
        print(
            "seed \(seed): \(outcome.events) events, \(outcome.deliveries) deliveries, \(outcome.processes) processes, "
                + "\(outcome.steps) steps, \(outcome.duplicates) duplicates of at most \(outcome.bound), "
                + "\(outcome.breaches.count) breaches")
        return outcome.breaches.isEmpty
    }

    private static func all(_ options: Options) async -> Bool {
        let controls = Controls.run(seedsEach: options.controls)
        let tally = await Tally.run(options.first..<(options.first + options.seeds), jobs: options.jobs)
        let report = Report(tally, controls, program: CommandLine.arguments[0])
        print(options.isForPrograms ? JSONValue.object(report.json).serializedText : report.text)
        return report.isGood
    }
}

extension JSONValue {
    fileprivate var serializedText: String { String(decoding: serialized(), as: UTF8.self) }
}
