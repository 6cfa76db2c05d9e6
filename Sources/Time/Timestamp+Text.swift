extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds, `2026-11-23T06:40:41.123Z`.
    package var description: String {
        String(unsafeUninitializedCapacity: 24) { buffer in
            let dayLength: Int64 = 86_400_000
            let remainder = milliseconds % dayLength
            let date = CivilDate(daysSince1970: milliseconds / dayLength - (remainder < 0 ? 1 : 0))
            let rest = Int(remainder < 0 ? remainder + dayLength : remainder)
            var index = 0
            func put(_ value: Int, width: Int, then separator: Character?) {
                var divisor = 1
                for _ in 1..<width { divisor *= 10 }
                var value = value
                while divisor > 0 {
                    buffer[index] = UInt8(ascii: "0") + UInt8(value / divisor % 10)
                    index += 1
                    value %= divisor
                    divisor /= 10
                }
                if let ascii = separator?.asciiValue {
                    buffer[index] = ascii
                    index += 1
                }
            }
            // Four digits hold every year that RFC 3339 knows; what lies outside is clamped rather than misprinted.
            put(min(max(date.year, 0), 9999), width: 4, then: "-")
            put(date.month, width: 2, then: "-")
            put(date.day, width: 2, then: "T")
            put(rest / 3_600_000, width: 2, then: ":")
            put(rest / 60_000 % 60, width: 2, then: ":")
            put(rest / 1000 % 60, width: 2, then: ".")
            put(rest % 1000, width: 3, then: "Z")
            return index
        }
    }

    /// Parses RFC 3339 (`2026-11-23T06:40:41.123Z`, `2026-11-23 14:40:41+08:00`) or a bare date, which is its first
    /// instant in UTC. Digits below the millisecond are dropped.
    package init?(text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(digits: 4), scanner.skip("-"), let month = scanner.number(digits: 2),
            scanner.skip("-"), let day = scanner.number(digits: 2)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isValid else { return nil }
        let midnight = date.daysSince1970 * 86_400_000
        if scanner.isAtEnd {
            self.init(milliseconds: midnight)
            return
        }
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
            let hour = scanner.number(digits: 2), hour < 24, scanner.skip(":"),
            let minute = scanner.number(digits: 2), minute < 60, scanner.skip(":"),
            let second = scanner.number(digits: 2), second <= 60
        else { return nil }
        var thousandths = 0
        if scanner.skip(".") {
            guard let fraction = scanner.fraction() else { return nil }
            thousandths = fraction
        }
        guard let offset = scanner.zoneOffsetMinutes(), scanner.isAtEnd else { return nil }
        let time = ((hour * 60 + minute - offset) * 60 + second) * 1000 + thousandths
        self.init(milliseconds: midnight + Int64(time))
    }
}
