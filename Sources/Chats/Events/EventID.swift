import Crypto
import JSON
import Time

/// Event ids: `evt_` and 26 characters of Crockford's base 32, 128 bits of a SHA-256 over chat, sequence and change.
enum EventID {
    static func make(chat: String?, sequence: Int, change: Change, testedAt: Timestamp?) -> String {
        // A JSON array is unambiguous: no two different inputs spell the same bytes.
        let identity: [JSONValue] = [
            chat.map { .string($0) } ?? .null, .integer(Int64(sequence)), .string(change.type.rawValue),
            .object(change.json),
        ]
        let nonce = testedAt.map { JSONValue.integer($0.milliseconds) }
        return "evt_"
            + base32(
                Array(SHA256.hash(data: JSONValue.array(identity + [nonce].compactMap { $0 }).serialized()).prefix(16)))
    }

    private static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        var text = ""
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
        return text
    }
}
