/// A header: a name and a value.
package struct HTTPField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// What is wrong with it, in words, if it cannot be sent (RFC 9110 §5.1, §5.5). The value is not repeated: it may
    /// be a secret.
    package var problem: String? {
        guard !name.isEmpty, Self.first(of: name, where: { !Self.isTokenByte($0) }) == nil else {
            return "the header name \"\(name.filter { !$0.isNewline })\" is not a token"
        }
        if let byte = Self.first(of: value, where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) {
            return "the value of header \"\(name)\" contains the control character \(byte)"
        }
        if Self.framing.contains(where: isNamed) {
            return "the header \"\(name)\" belongs to the connection and cannot be set"
        }
        return nil
    }

    /// Set by a caller, these would make the receiver read another message than the one that is sent.
    private static let framing: [StaticString] = [
        "connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    /// By ASCII's letters, whatever their case; `name` in lower case.
    func isNamed(_ name: StaticString) -> Bool {
        guard self.name.utf8.count == name.utf8CodeUnitCount else { return false }
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return self.name.utf8.elementsEqual(wanted) { byte, wanted in
            byte == wanted || (0x41...0x5a).contains(byte) && byte | 0x20 == wanted
        }
    }

    /// In one piece of memory, as nearly every text is: this is asked of every byte of every request's headers.
    @inline(__always)
    private static func first(of text: String, where isWanted: (UInt8) -> Bool) -> UInt8? {
        let found = text.utf8.withContiguousStorageIfAvailable { bytes in bytes.first(where: isWanted) }
        return found ?? text.utf8.first(where: isWanted)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e, 0x5f, 0x60, 0x7c, 0x7e: true
        default: false
        }
    }
}
