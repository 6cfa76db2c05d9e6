import Glibc
import Simulation

/// What the command line asks for.
struct Options: Sendable {
    struct Problem: Error {
        var text: String
    }

    var seeds: UInt64 = 2_000
    var first: UInt64 = 0
    /// The one run to repeat.
    var seed: UInt64?
    var sabotage: Sabotage?
    /// Lines to show of a repeated run.
    var trace = 60
    /// Prints the counts as a JSON object instead.
    var isForPrograms = false
    var jobs = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// Worlds in which each broken promise is looked for at most; none leaves the controls out.
    var controls: UInt64 = 60

    static func reading(_ arguments: some Sequence<String>) -> Result<Options, Problem> {
        var options = Options()
        var rest = Array(arguments)[...]
        while let name = rest.popFirst() {
            if name == "--json" {
                options.isForPrograms = true
                continue
            }
            guard let value = rest.popFirst() else { return .failure(Problem(text: "\(name) needs a value")) }
            guard options.set(name, to: value) else { return .failure(Problem(text: "\(name) \(value) is not known")) }
        }
        return .success(options)
    }

    private mutating func set(_ name: String, to value: String) -> Bool {
        let number = UInt64(value)
        switch (name, number) {
        case ("--seeds", let number?): seeds = number
        case ("--first", let number?): first = number
        case ("--seed", let number?): seed = number
        case ("--jobs", let number?): jobs = max(1, Int(number))
        case ("--trace", let number?): trace = Int(number)
        case ("--controls", let number?): controls = number
        case ("--sabotage", nil):
            sabotage = Sabotage(rawValue: value)
            return sabotage != nil
        default: return false
        }
        return true
    }
}
