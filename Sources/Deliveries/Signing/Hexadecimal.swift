/// Bytes as pairs of hexadecimal digits.
enum Hexadecimal {
    static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { digits($0, uppercase: false) }, as: UTF8.self)
    }

    /// Either case; nil for anything else.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }

    static func digits(_ byte: UInt8, uppercase: Bool) -> [UInt8] {
        [byte >> 4, byte & 15].map { digit in
            digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: uppercase ? "A" : "a") + digit - 10
        }
    }
}
