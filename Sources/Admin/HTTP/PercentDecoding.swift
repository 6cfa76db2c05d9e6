/// Reads percent-encoding strictly: nil for a `%` without two digits behind it, and for bytes that are not UTF-8.
enum PercentDecoding {
    /// In a path, `+` is a plus.
    static func path(_ text: some StringProtocol) -> String? {
        decode(text, plusIsSpace: false)
    }

    /// In a query, `+` is a space.
    static func query(_ text: some StringProtocol) -> String? {
        decode(text, plusIsSpace: true)
    }

    private static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }
}
