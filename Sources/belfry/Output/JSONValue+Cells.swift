import JSON
import Time

/// Members of an API resource as cells of a table.
extension JSONValue {
    /// A text or a number; `-` for null and for what is missing.
    func cell(_ path: String...) -> String {
        var value: JSONValue? = self
        for key in path { value = value?[key] }
        switch value {
        case .string(let text)?: return text
        case .integer(let number)?: return "\(number)"
        case .double(let number)?: return "\(number)"
        case .bool(let flag)?: return flag ? "yes" : "no"
        case .null?, .array?, .object?, nil: return "-"
        }
    }

    /// An instant to the second, without the date when it is today's (UTC).
    func timeCell(_ key: String, now: Timestamp = SystemTime.wall) -> String {
        guard let text = self[key]?.stringValue, let time = Timestamp(text: text) else { return "-" }
        let whole = time.description
        let day = whole.prefix(10)
        let clock = whole.dropFirst(11).prefix(8)
        return day == now.description.prefix(10) ? "\(clock)" : "\(day) \(clock)"
    }

    /// How long until, or since, an instant: `in 5m 3s`, `2h 1m ago`.
    func distanceCell(_ key: String, now: Timestamp = SystemTime.wall) -> String {
        guard let text = self[key]?.stringValue, let time = Timestamp(text: text) else { return "-" }
        return time >= now ? "in \((time - now).shortText)" : "\((now - time).shortText) ago"
    }
}
