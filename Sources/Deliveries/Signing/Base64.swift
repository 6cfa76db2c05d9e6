import FoundationEssentials

/// Base 64 with padding (RFC 4648 section 4).
package enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    package static func encode(_ bytes: [UInt8]) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            for group in 0..<length / 4 {
                let rest = bytes[(3 * group)...].prefix(3)
                let bits = rest.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - rest.count))
                for digit in 0..<4 {
                    text[4 * group + digit] =
                        digit <= rest.count
                        ? alphabet.utf8Start[bits >> (18 - 6 * digit) & 63] : UInt8(ascii: "=")
                }
            }
            return length
        }
    }

    /// Nil for anything that is not base 64, a missing padding among it.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        Data(base64Encoded: String(text)).map(Array.init)
    }
}
