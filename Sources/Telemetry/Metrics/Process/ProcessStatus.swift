/// The line of `/proc/self/stat`, as far as it is of use; see proc(5).
struct ProcessStatus: Equatable {
    /// Clock ticks, user and system.
    var cpuTicks: Int
    /// Clock ticks after the machine started.
    var startTicks: Int
    /// Bytes.
    var virtualMemory: Int
    /// Pages.
    var residentPages: Int

    /// Nil for what is no such line.
    init?(_ line: String) {
        // The program's name stands in parentheses and may hold blanks and parentheses itself.
        guard let nameEnd = line.lastIndex(of: ")") else { return nil }
        // What follows begins with field 3.
        let fields = line[nameEnd...].dropFirst().split { $0 == " " || $0 == "\n" }
        func field(_ number: Int) -> Int? {
            fields.indices.contains(number - 3) ? Int(fields[number - 3]) : nil
        }
        guard let user = field(14), let system = field(15), let start = field(22), let virtual = field(23),
            let resident = field(24)
        else { return nil }
        cpuTicks = user + system
        startTicks = start
        virtualMemory = virtual
        residentPages = resident
    }
}

/// Other texts of `/proc`, of each of them the one line that is of use.
enum ProcessTexts {
    /// The soft limit of open files in `/proc/self/limits`; nil when there is none.
    static func mostOpenFiles(inLimits text: String) -> Int? {
        number(inLineOf: "Max open files", text)
    }

    /// When the machine started, in seconds since 1970, in `/proc/stat`.
    static func bootSeconds(inStat text: String) -> Int? {
        number(inLineOf: "btime", text)
    }

    private static func number(inLineOf title: String, _ text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(title + " ") }
        return line?.dropFirst(title.count).split(separator: " ").first.flatMap { Int($0) }
    }
}
