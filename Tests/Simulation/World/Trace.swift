import Logging
import Synchronization
import Time

/// The last steps of a run, for whoever has to understand a failure. Costs nothing unless it is asked for.
final class Trace: Sendable {
    private let limit: Int
    private let agenda: Agenda
    private let lines = Mutex<[String]>([])

    init(_ agenda: Agenda, limit: Int) {
        self.agenda = agenda
        self.limit = limit
    }

    var isOn: Bool { limit > 0 }

    func note(_ line: @autoclosure () -> String) {
        guard isOn else { return }
        let seconds = (agenda.now - Scenario.start).wholeMilliseconds
        let text = "\(seconds / 1000).\(String(1000 + seconds % 1000).dropFirst()) \(line())"
        lines.withLock { lines in
            lines.append(text)
            if lines.count > 2 * limit { lines.removeFirst(limit) }
        }
    }

    var last: [String] { lines.withLock { Array($0.suffix(limit)) } }

    /// What the process logs goes among the steps.
    var logger: Logger {
        guard isOn else { return Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() } }
        return Logger(label: "simulation") { _ in TraceLogHandler(trace: self) }
    }
}

private struct TraceLogHandler: LogHandler {
    let trace: Trace
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        trace.note("  log \(event.level): \(event.message) \(fields.joined(separator: " "))")
    }
}
