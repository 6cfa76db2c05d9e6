import JSON
import Time

/// How `| date "…"` writes a point in time: the name of a form, and for all but the Unix times an offset from UTC that may
/// follow it, `datetime +08:00`.
///
/// | form | gives |
/// |---|---|
/// | `date` | `2026-11-23` |
/// | `time` | `06:40:41` |
/// | `datetime` | `2026-11-23 06:40:41` |
/// | `iso` | `2026-11-23T06:40:41.123Z`, or `…+08:00` |
/// | `unix`, `unix-ms` | a number: seconds, milliseconds since 1970 |
struct DateForm: Sendable, Equatable {
    enum Name: String, Sendable, CaseIterable {
        case date, time, datetime, iso, unix
        case unixMilliseconds = "unix-ms"
    }

    var name: Name
    var offsetMinutes: Int

    /// Nil for an unknown form and for an offset that is not `+hh:mm` or `-hh:mm`.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard let first = parts.first, let name = Name(rawValue: String(first)), parts.count <= 2 else { return nil }
        self.name = name
        offsetMinutes = 0
        guard parts.count == 2 else { return }
        guard name != .unix, name != .unixMilliseconds, let minutes = Self.minutes(parts[1]) else { return nil }
        offsetMinutes = minutes
    }

    func value(_ time: Timestamp) -> JSONValue {
        let text = (time + .seconds(offsetMinutes * 60)).description
        let date = text.prefix(10)
        let clock = text.dropFirst(11).prefix(8)
        switch name {
        case .date: return .string(String(date))
        case .time: return .string(String(clock))
        case .datetime: return .string("\(date) \(clock)")
        case .iso: return .string(offsetMinutes == 0 ? text : text.dropLast() + offsetText)
        case .unix: return .integer(time.seconds)
        case .unixMilliseconds: return .integer(time.milliseconds)
        }
    }

    private var offsetText: String {
        let minutes = abs(offsetMinutes)
        func pair(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
        return "\(offsetMinutes < 0 ? "-" : "+")\(pair(minutes / 60)):\(pair(minutes % 60))"
    }

    private static func minutes(_ text: Substring) -> Int? {
        let digits = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard let sign = text.first, sign == "+" || sign == "-", digits.count == 2,
            digits.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hours = Int(digits[0]), let minutes = Int(digits[1]), hours <= 14, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
