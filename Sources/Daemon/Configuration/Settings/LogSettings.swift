package import Logging
package import Telemetry

/// What is logged, and in which form.
package struct LogSettings: Sendable {
    package var level: Logger.Level
    package var format: LineLogHandler.Format
}

extension LogSettings {
    init(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, LogKey.self)
        self.init(level: object[.level].choice() ?? .info, format: object[.format].choice() ?? .text)
    }
}
