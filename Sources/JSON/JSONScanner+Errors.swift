extension JSONScanner {
    func error(_ message: String, at offset: Int? = nil) -> JSONError {
        JSONError(position: JSONPosition(offset: offset ?? self.offset, in: bytes), message: message)
    }

    func unexpected(_ expectation: String) -> JSONError {
        error("expected \(expectation), found \(found)")
    }

    /// What stands at the offset, in words.
    private var found: String {
        guard let byte else { return "the end of the text" }
        if (0x21...0x7E).contains(byte) { return "'\(Character(Unicode.Scalar(byte)))'" }
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes[offset...].makeIterator()
        guard case .valid(let encoded) = parser.parseScalar(from: &rest) else { return "bytes that are not UTF-8" }
        let scalar = Unicode.UTF8.decode(encoded)
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        // A letter is worth showing; a control or formatting character would garble the message.
        return scalar.properties.isAlphabetic ? "'\(Character(scalar))'" : code
    }

    /// The first byte in the range that is not part of well-formed UTF-8.
    func firstMalformed(in range: Range<Int>) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes[range].makeIterator()
        var offset = range.lowerBound
        while case .valid(let encoded) = parser.parseScalar(from: &rest) {
            offset += encoded.count
        }
        return offset
    }
}
