package import Logging
import Time

/// Writes one line a message to standard error, for people or for machines.
package struct LineLogHandler: LogHandler {
    package enum Format: String, Sendable, CaseIterable {
        case text, json
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: Format

    package init(label: String, level: Logger.Level, format: Format) {
        self.label = label
        self.logLevel = level
        self.format = format
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.sorted { $0.key < $1.key }
        let time = SystemTime.wall.description
        let line =
            switch format {
            case .text: LogLine.text(time: time, level: event.level, message: "\(event.message)", fields: fields)
            case .json:
                LogLine.json(time: time, level: event.level, label: label, message: "\(event.message)", fields: fields)
            }
        StandardError.write(line)
    }
}
