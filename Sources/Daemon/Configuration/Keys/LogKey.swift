import JSON
import Logging
import Telemetry

/// The keys of `log`.
enum LogKey: String, ConfigurationKey {
    case level, format

    var entry: KeyEntry {
        switch self {
        case .level: KeyEntry(.choice(of: Logger.Level.self), default: "info", "What is logged: this level and above.")
        case .format:
            KeyEntry(
                .choice(of: LineLogHandler.Format.self), default: "text", "`text` for people, `json` for programs.")
        }
    }
}
