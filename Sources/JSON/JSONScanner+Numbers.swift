extension JSONScanner {
    /// The grammar of RFC 8259 §6: no leading zero, no `+`, a digit on both sides of the point.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let integerStart = offset
        let magnitude = try digits()
        guard offset == integerStart + 1 || bytes[integerStart] != UInt8(ascii: "0") else {
            throw error("a number must not begin with 0", at: integerStart)
        }
        var isInteger = true
        if byte == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            _ = try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isInteger = false
            offset += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { offset += 1 }
            _ = try digits()
        }
        if isInteger, let magnitude, let value = Self.signed(magnitude, isNegative: isNegative) {
            return .integer(value)
        }
        guard let value = Double(String(decoding: bytes[start..<offset], as: UTF8.self)), value.isFinite else {
            throw error("a number too large to hold", at: start)
        }
        return .double(value)
    }

    /// One digit or more; nil when their value does not fit.
    private mutating func digits() throws(JSONError) -> UInt64? {
        var value: UInt64? = 0
        let start = offset
        while let byte, isDigit(byte) {
            value = value.flatMap { value in
                let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
                let (sum, carry) = tenfold.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
                return overflow || carry ? nil : sum
            }
            offset += 1
        }
        guard offset > start else { throw unexpected("a digit") }
        return value
    }

    private static func signed(_ magnitude: UInt64, isNegative: Bool) -> Int64? {
        // The smallest integer's magnitude is one more than the largest integer.
        if isNegative, magnitude == UInt64(Int64.max) + 1 { return .min }
        return Int64(exactly: magnitude).map { isNegative ? -$0 : $0 }
    }
}
