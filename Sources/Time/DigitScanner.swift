/// Reads fixed-width numbers and separators from the front of a text.
struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Exactly `digits` decimal digits.
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One or more digits after a decimal point, as thousandths.
    mutating func fraction() -> Int? {
        guard let first = nextDigit() else { return nil }
        var value = first * 100
        var unit = 10
        while let digit = nextDigit() {
            value += digit * unit
            unit /= 10
        }
        return value
    }

    mutating func skip(_ separator: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, byte == UInt8(ascii: separator) else { return false }
        rest.removeFirst()
        return true
    }

    /// `Z`, or a sign, two digits, an optional colon and two digits: minutes east of UTC.
    mutating func zoneOffsetMinutes() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let sign = skip("+") ? 1 : (skip("-") ? -1 : 0)
        guard sign != 0, let hours = number(digits: 2), hours < 24 else { return nil }
        _ = skip(":")
        guard let minutes = number(digits: 2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private mutating func nextDigit() -> Int? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }
}
