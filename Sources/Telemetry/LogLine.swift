import JSON
import Logging

/// The two shapes of a log line. Neither ever holds a line break of its own, whatever a message carries.
enum LogLine {
    /// `2026-11-23T06:40:41.123Z info  polled chat=chat1 events=2`
    static func text(
        time: String, level: Logger.Level, message: String, fields: [(key: String, value: Logger.MetadataValue)]
    ) -> String {
        let name = level == .warning ? "warn" : level.rawValue
        var line = "\(time) \(name)\(String(repeating: " ", count: max(1, 6 - name.count)))\(message.escapingControls)"
        for field in fields {
            line += " \(field.key)=\(quotedIfNeeded("\(field.value)"))"
        }
        return line
    }

    /// `{"time":…,"level":…,"logger":…,"message":…,…fields}`
    static func json(
        time: String, level: Logger.Level, label: String, message: String,
        fields: [(key: String, value: Logger.MetadataValue)]
    ) -> String {
        var object: JSONObject = [
            "time": .string(time), "level": .string(level.rawValue), "logger": .string(label),
            "message": .string(message),
        ]
        for field in fields {
            object[field.key] = .string("\(field.value)")
        }
        return JSONValue.object(object).text
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        let isPlain = !text.isEmpty && !text.unicodeScalars.contains { $0.value <= 0x20 || $0 == "\"" || $0 == "=" }
        let escaped = text.escapingControls
        return isPlain ? escaped : "\"\(escaped.replacing("\"", with: "\\\""))\""
    }
}
