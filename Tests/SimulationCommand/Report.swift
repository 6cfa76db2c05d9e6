import JSON
import Simulation

/// What is told of many runs.
struct Report {
    /// Failing runs of which more than a number is told.
    private static let shown = 10

    private let tally: Tally
    private let controls: [Controls.Result]
    private let program: String

    init(_ tally: Tally, _ controls: [Controls.Result], program: String) {
        self.tally = tally
        self.controls = controls
        self.program = program
    }

    var isGood: Bool { tally.failures.isEmpty && controls.allSatisfy(\.isCaught) }

    private var caught: Int { controls.count(where: \.isCaught) }

    /// A sentence for each thing that must not be, with the command that shows it.
    private var complaints: [String] {
        let runs = tally.failures.prefix(Self.shown).flatMap { outcome in
            outcome.breaches.prefix(3).map { "\($0); repeat it: \(program) --seed \(outcome.seed)" }
        }
        let rest = tally.failures.count - Self.shown
        return runs + (rest > 0 ? ["and \(rest) more runs fail"] : [])
            + controls.filter { !$0.isCaught }.map { "control: \($0.sabotage.rawValue) went unnoticed" }
    }

    var text: String {
        let line =
            "simulation: \(tally.runs) runs of \(tally.processes) processes with \(tally.deliveries) deliveries, "
            + "\(tally.lost) lost, \(tally.reordered) reordered, \(tally.duplicates) duplicates of at most \(tally.bound), "
            + "\(tally.others) other breaches, \(caught) of \(controls.count) controls failed as they must"
        return (complaints + [line]).joined(separator: "\n")
    }

    var json: JSONObject {
        [
            "runs": .integer(Int64(tally.runs)), "processes": .integer(Int64(tally.processes)),
            "deliveries": .integer(Int64(tally.deliveries)), "lost": .integer(Int64(tally.lost)),
            "reordered": .integer(Int64(tally.reordered)), "duplicates": .integer(Int64(tally.duplicates)),
            "bound": .integer(Int64(tally.bound)), "controls": .integer(Int64(controls.count)),
            "caught": .integer(Int64(caught)), "complaints": .array(complaints.map { .string($0) }),
        ]
    }
}
