/// Reads values from a text, by recursive descent over its bytes.
///
/// Valid only inside the `withUnsafeBufferPointer` that it was made in.
struct JSONScanner {
    static let depthLimit = 128

    let bytes: UnsafeBufferPointer<UInt8>
    var offset = 0
    private var depth = 0

    /// Nil where only the values matter, which saves a path per value.
    var places: PlaceRecorder?

    init(_ bytes: UnsafeBufferPointer<UInt8>, places: PlaceRecorder? = nil) {
        self.bytes = bytes
        self.places = places
    }

    /// The one value of a whole text.
    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let result = try value()
        skipSpace()
        guard offset == bytes.count else { throw unexpected("the end of the text") }
        return result
    }

    var byte: UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        places?.noteValue(at: offset)
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "-"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case let digit? where isDigit(digit): return try number()
        default: throw unexpected("a value")
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        try descend()
        var elements: [JSONValue] = []
        if skip("]") { return ascend(elements) }
        while true {
            places?.enter(index: elements.count)
            elements.append(try value())
            places?.leave()
            skipSpace()
            if skip(",") { continue }
            guard skip("]") else { throw unexpected("',' or ']'") }
            return ascend(elements)
        }
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        try descend()
        var members: [(key: String, value: JSONValue)] = []
        if skip("}") { return ascend(JSONObject()) }
        while true {
            members.append(try member())
            skipSpace()
            if skip(",") { continue }
            guard skip("}") else { throw unexpected("',' or '}'") }
            return ascend(JSONObject(members))
        }
    }

    private mutating func member() throws(JSONError) -> (key: String, value: JSONValue) {
        guard byte == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
        let start = offset
        let key = try string()
        if let first = places?.enter(key: key, at: start) {
            let place = JSONPosition(offset: first, in: bytes)
            throw error("the key \(JSONValue.string(key).text) is given twice, first at \(place)", at: start)
        }
        skipSpace()
        guard skip(":") else { throw unexpected("':' after the key") }
        let value = try value()
        places?.leave()
        return (key, value)
    }

    private mutating func descend() throws(JSONError) {
        depth += 1
        guard depth <= Self.depthLimit else {
            throw error("arrays and objects are nested deeper than \(Self.depthLimit) levels")
        }
        offset += 1
        skipSpace()
    }

    private mutating func ascend<Value>(_ value: Value) -> Value {
        depth -= 1
        return value
    }

    /// Steps over a separator and the space after it.
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard byte == UInt8(ascii: character) else { return false }
        offset += 1
        skipSpace()
        return true
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let end = offset + word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[offset..<end].elementsEqual(expected) else {
            throw error("expected \(word)")
        }
        offset = end
        return value
    }
}
