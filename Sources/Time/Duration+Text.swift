extension Duration {
    /// Units of a written duration, largest first, in milliseconds. `ms` stands before `m`, which is its prefix.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("ms", 1), ("m", 60_000), ("s", 1000),
    ]

    /// Parses `250ms`, `30s`, `1h30m`, `7d`: whole numbers, each with a unit, summed. Nil for anything else, for a
    /// negative value, and for one beyond a hundred years.
    package init?(text: String) {
        var rest = Substring(text)
        var total: Int64 = 0
        let limit: Int64 = 36_525 * 86_400_000
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let count = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let unit = Self.units.first(where: { rest.hasPrefix($0.name) }) else { return nil }
            rest = rest.dropFirst(unit.name.count)
            let (product, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
            guard !overflow, product <= limit - total else { return nil }
            total += product
        }
        self = .milliseconds(total)
    }

    /// The shortest form that `init(text:)` reads back to the millisecond: `1h30m`, `250ms`, `0s`.
    package var text: String {
        var rest = wholeMilliseconds
        guard rest != 0 else { return "0s" }
        var result = rest < 0 ? "-" : ""
        rest = abs(rest)
        for name in ["d", "h", "m", "s", "ms"] {
            guard let unit = Self.units.first(where: { $0.name == name }) else { continue }
            if rest >= unit.milliseconds {
                result += "\(rest / unit.milliseconds)\(name)"
                rest %= unit.milliseconds
            }
        }
        return result
    }

    /// For people: at most two units, nothing below a second once minutes are shown: `2h 5m`, `12.3s`, `240ms`.
    package var shortText: String {
        let milliseconds = abs(wholeMilliseconds)
        let seconds = milliseconds / 1000
        let sign = self < .zero ? "-" : ""
        switch seconds {
        case 0: return "\(sign)\(milliseconds)ms"
        case ..<60: return "\(sign)\(seconds).\(milliseconds % 1000 / 100)s"
        case ..<3600: return "\(sign)\(seconds / 60)m \(seconds % 60)s"
        case ..<86_400: return "\(sign)\(seconds / 3600)h \(seconds / 60 % 60)m"
        default: return "\(sign)\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }
}
