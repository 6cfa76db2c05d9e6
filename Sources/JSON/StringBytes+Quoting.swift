extension StringBytes {
    /// Besides what must be escaped, U+2028 and U+2029 are: JavaScript took them for line ends, and so do log viewers.
    static func appendQuoted(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while start < bytes.count {
                let end = firstEscaped(in: bytes, from: start)
                output.append(contentsOf: bytes[start..<end])
                guard end < bytes.count else { break }
                start = end + appendEscape(of: bytes, at: end, to: &output)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// The first special byte, or the first byte of U+2028 or U+2029.
    private static func firstEscaped(in bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int {
        let special = firstSpecial(in: bytes, from: offset)
        var offset = offset
        while let lead = bytes[offset..<special].firstIndex(of: 0xE2) {
            if isSeparator(bytes, at: lead) { return lead }
            offset = lead + 1
        }
        return special
    }

    /// U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
    private static func isSeparator(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        offset + 2 < bytes.count && bytes[offset + 1] == 0x80 && bytes[offset + 2] & 0xFE == 0xA8
    }

    /// Returns how many bytes the escape stands for.
    private static func appendEscape(
        of bytes: UnsafeBufferPointer<UInt8>, at offset: Int, to output: inout [UInt8]
    ) -> Int {
        switch bytes[offset] {
        case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
        case 0x08: output.append(contentsOf: "\\b".utf8)
        case 0x09: output.append(contentsOf: "\\t".utf8)
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x0C: output.append(contentsOf: "\\f".utf8)
        case 0x0D: output.append(contentsOf: "\\r".utf8)
        case 0xE2:
            output.append(contentsOf: (bytes[offset + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
            return 3
        case let control:
            output.append(contentsOf: (control < 0x10 ? "\\u000" : "\\u00").utf8)
            output.append(contentsOf: String(control, radix: 16).utf8)
        }
        return 1
    }
}
