import Glibc
import Scheduling
import Time

/// Simulates months of polling in seconds and compares the daemon's schedule with what else one might do.
///
///     schedule-benchmark [--plot FILE.svg] [PART OF A SCENARIO'S NAME]…
@main
struct ScheduleBenchmark {
    static func main() {
        var wanted = Array(CommandLine.arguments.dropFirst())
        var plotFile: String?
        if let flag = wanted.firstIndex(of: "--plot"), flag + 1 < wanted.count {
            plotFile = wanted[flag + 1]
            wanted.removeSubrange(flag...flag + 1)
        }
        if let plotFile { return plot(to: plotFile) }
        for scenario in Scenario.all where wanted.isEmpty || wanted.contains(where: { scenario.name.contains($0) }) {
            report(scenario)
        }
        if wanted.isEmpty || wanted.contains("100,000") { ScaleMeasurement.report() }
    }

    private static func report(_ scenario: Scenario) {
        print("\(scenario.name): \(scenario.callsPerMonth) calls a month, \(scenario.seeds) worlds")
        print("  " + "policy".padded(to: 32) + "mean min   95% min     calls   mean / D*")
        for policy in scenario.policies {
            let result = Comparison(policy, scenario)
            print(
                "  " + result.policy.padded(to: 32) + (result.mean / 60).text(1).indented(to: 8)
                    + (result.p95 / 60).text(1).indented(to: 10) + "\(result.calls)".indented(to: 10)
                    + result.ratio.text(3).indented(to: 9) + " ± " + result.ratioError.text(3))
        }
        print("")
        fflush(nil)
    }

    private static func plot(to file: String) {
        let plots = [
            plot(Scenario.all[0], "Learning rates: 50 chats, 5,000 calls a month", every: 1),
            plot(Scenario.officeHours(days: 90), "Learning office hours: the same chats by day and week", every: 7),
        ]
        guard let output = fopen(file, "w") else {
            perror(file)
            exit(1)
        }
        fputs(Plot.svg(plots), output)
        fclose(output)
    }

    private static func plot(_ scenario: Scenario, _ title: String, every span: Int) -> Plot {
        let optima = (1...UInt64(scenario.seeds)).map { scenario.optimum(scenario.world(seed: $0)) / 60 }
        let optimum = optima.reduce(0, +) / Double(optima.count)
        func line(_ policy: any Policy, _ name: String, _ color: String) -> Plot.Line {
            let result = Comparison(policy, scenario)
            let spans = stride(from: 0, to: scenario.days - span + 1, by: span).map { first in
                result.mean(of: first..<first + span) / 60
            }
            return Plot.Line(name: name, color: color, values: spans)
        }
        return Plot(
            title: title, days: scenario.days,
            lines: [
                line(RoundRobin(), "each in turn", "#999999"),
                line(LearningPolicy(), "belfry", "#c0392b"),
                Plot.Line(
                    name: "best with known rates", color: "#2c6fbb", isDashed: true,
                    values: Array(repeating: optimum, count: scenario.days / span)),
            ])
    }
}
