/// Percent-encoding of UTF-8 bytes.
enum PercentEncoding {
    /// For a part of a URI: everything but RFC 3986's unreserved characters.
    static func component(_ text: String) -> String {
        encode(text) { byte in
            switch Unicode.Scalar(byte) {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": true
            default: false
            }
        }
    }

    /// For a header of CloudEvents' HTTP binding (section 3.1.3.2): space, `"`, `%` and everything outside printable ASCII.
    static func header(_ text: String) -> String {
        encode(text) { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "%") }
    }

    /// Reads `%2B` and `+` (a space) as servers read a query; what is no encoding stays as it is.
    static func decodeForm(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let decoded = Hexadecimal.decode(String(decoding: rest.prefix(2), as: UTF8.self))
            {
                bytes += decoded
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isKept(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes += Hexadecimal.digits(byte, uppercase: true)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
