import JSON
import Testing

@Suite("Round trips")
struct JSONRoundTripTests {
    @Test("random values come back equal, compact and pretty", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var source = RandomValues(seed: seed)
        let value = source.value(depth: 5)
        #expect(try JSONParser.parse(value.serialized()) == value)
        #expect(try JSONParser.parse(value.prettyText) == value)
        #expect(try JSONDocument(parsing: value.serialized()).root == value)
    }

    @Test(
        "damaged texts are read or refused, and what is read comes back",
        arguments: 0..<300 as Range<UInt64>)
    func survivesDamage(seed: UInt64) throws {
        var source = RandomValues(seed: seed)
        var bytes = source.value(depth: 4).serialized()
        for _ in 0...source.number(below: 4) {
            let offset = source.number(below: bytes.count)
            switch source.number(below: 3) {
            case 0: bytes[offset] = UInt8(source.number(below: 256))
            case 1: bytes.insert(UInt8(source.number(below: 256)), at: offset)
            default: if bytes.count > 1 { bytes.remove(at: offset) }
            }
        }
        guard let value = try? JSONParser.parse(bytes) else { return }
        #expect(try JSONParser.parse(value.serialized()) == value)
    }
}

/// Values of every kind from a seed, strings with awkward characters among them.
private struct RandomValues {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func number(below limit: Int) -> Int {
        // xorshift64*: enough for test data, and the same on every run.
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % limit
    }

    mutating func value(depth: Int) -> JSONValue {
        switch number(below: depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(number(below: 2) == 0)
        case 2:
            return .integer(
                Int64(number(below: 1 << 31)) << Int64(number(below: 33)) * (number(below: 2) == 0 ? 1 : -1))
        case 3: return .double(Double(number(below: 1 << 31)) / Double(number(below: 1000) + 1))
        case 4: return .string(string())
        case 5: return .array((0..<number(below: 6)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<number(below: 24) { object[string()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    /// Of every magnitude and both signs.
    private mutating func integer() -> Int64 {
        let magnitude = Int64(number(below: 1 << 31)) << Int64(number(below: 33))
        return number(below: 2) == 0 ? magnitude : -magnitude
    }

    mutating func string() -> String {
        let characters: [Unicode.Scalar] = [
            "a", "B", "7", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{301}", "中",
            "\u{2028}",
            "\u{2029}", "\u{FEFF}", "\u{FFFD}", "😀", "\u{10FFFF}",
        ]
        var text = ""
        for _ in 0..<number(below: 20) { text.unicodeScalars.append(characters[number(below: characters.count)]) }
        return text
    }
}
