extension JSONScanner {
    /// A string in quotes, at whose opening quote the offset stands.
    mutating func string() throws(JSONError) -> String {
        let start = offset
        offset += 1
        offset = StringBytes.firstSpecial(in: bytes, from: offset)
        guard byte == UInt8(ascii: "\"") else { return try escapedString(from: start) }
        let content = start + 1..<offset
        guard let result = String(validating: UnsafeBufferPointer(rebasing: bytes[content]), as: UTF8.self) else {
            throw error("bytes that are not UTF-8 in a string", at: firstMalformed(in: content))
        }
        offset += 1
        return result
    }

    /// A string whose plain beginning reaches from its quote at `start` to the offset, and that goes on otherwise.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var decoded: [UInt8] = []
        var runStart = start + 1
        while true {
            let run = runStart..<offset
            decoded.append(contentsOf: bytes[run])
            switch byte {
            case UInt8(ascii: "\""):
                guard let result = String(validating: decoded, as: UTF8.self) else {
                    throw error("bytes that are not UTF-8 in a string", at: firstMalformed(in: start + 1..<offset))
                }
                offset += 1
                return result
            case UInt8(ascii: "\\"):
                try escape(into: &decoded)
            case nil:
                throw error("a string without its closing quote", at: start)
            case let control?:
                let code = String(control, radix: 16, uppercase: true)
                let escape = "\\u00" + (control < 16 ? "0" : "") + code
                throw error("a control character in a string, where it must be written \(escape)")
            }
            runStart = offset
            offset = StringBytes.firstSpecial(in: bytes, from: offset)
        }
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(JSONError) {
        let start = offset
        offset += 1
        let character = byte
        offset += 1
        switch character {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(bytes[start + 1])
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): decoded.append(contentsOf: String(try scalar(from: start)).utf8)
        default: throw error("an unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX", at: start)
        }
    }

    /// The scalar of `\uXXXX`, of which the offset stands before the digits, and of a low surrogate that follows.
    ///
    /// RFC 8259 §8.2 leaves open what a surrogate without its other half means. It reads as U+FFFD: a platform that
    /// cuts a long name through the middle of an emoji must not make everything else unreadable.
    private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let first = try codeUnit(from: start)
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? replacement }
        let second = offset
        guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
        else { return replacement }
        offset += 2
        let low = try codeUnit(from: second)
        guard UTF16.isTrailSurrogate(low) else {
            // Another character: it is read again on its own.
            offset = second
            return replacement
        }
        return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(low) - 0xDC00)) ?? replacement
    }

    private mutating func codeUnit(from start: Int) throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = byte.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw error("expected four hexadecimal digits after \\u", at: start)
            }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }
}
