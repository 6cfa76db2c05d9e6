import JSON
import Logging

/// The two shapes of a log line. Neither ever holds a line break of its own, whatever a message carries.
enum LogLine {
    /// `2026-11-23T06:40:41.123Z info  polled chat=chat1 events=2`
    static func text(
        time: String, level: Logger.Level, message: String, fields: [(key: String, value: Logger.MetadataValue)]
    ) -> String {
        let name = level == .warning ? "warn" : level.rawValue
        var line = "\(time) \(name)\(String(repeating: " ", count: max(1, 6 - name.count)))\(escaped(message))"
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
        return isPlain ? escaped(text) : "\"\(escaped(text).replacing("\"", with: "\\\""))\""
    }

    /// Control characters as `\u{…}`: a group's name must not forge a line or drive a terminal.
    private static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}
