/// Where a page of a list ended. It names what was shown last, not how much was: a list that grows meanwhile shows nothing
/// twice and leaves nothing out.
///
/// For a client it is opaque. Every text of the documented pattern is a cursor, so that a description of the API can say what
/// is accepted.
struct Cursor: Sendable, Equatable {
    let text: String

    /// A number that is not negative.
    init(number: Int64) {
        text = String(number, radix: 36)
    }

    init(numbers first: Int64, _ second: Int64) {
        text = "\(String(first, radix: 36))-\(String(second, radix: 36))"
    }

    /// An id, whatever its characters.
    init(id: String) {
        text = id.utf8.reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }

    // Twelve digits of base 36 fit into 63 bits.
    static let numberPattern = "^[0-9a-z]{1,12}$"
    static let numbersPattern = "^[0-9a-z]{1,12}-[0-9a-z]{1,12}$"
    static let idPattern = "^([0-9a-f]{2})+$"

    static func number(_ text: some StringProtocol) -> Int64? {
        let isPlain = (1...12).contains(text.utf8.count) && text.utf8.allSatisfy(isDigit)
        return isPlain ? Int64(text, radix: 36) : nil
    }

    static func numbers(_ text: String) -> (Int64, Int64)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = number(parts[0]), let second = number(parts[1]) else { return nil }
        return (first, second)
    }

    static func id(_ text: String) -> String? {
        let digits = text.utf8.map { isDigit($0) ? Character(Unicode.Scalar($0)).hexDigitValue : nil }
        guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
