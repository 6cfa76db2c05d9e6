/// The form of a chat's id.
enum ChatID {
    private static let longest = 128

    /// What is wrong with an id, nil if nothing is. In the wild it is `chat` and 32 hexadecimal digits, which nobody
    /// promises; what surely is no id is refused.
    static func flaw(in id: String) -> String? {
        if id.isEmpty { return "expected a chat id, found an empty string" }
        if id == "*" { return "expected a chat id, found \"*\"" }
        if let other = OtherID(id) {
            return "expected a chat id (chat…), found \(other.rawValue), which chat/get does not take"
        }
        if id.utf8.count > longest { return "expected a chat id of at most \(longest) bytes" }
        // The usual form, in a list of a hundred thousand.
        if id.utf8.allSatisfy(isLetterOrDigit) { return nil }
        let isPlain = id.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && scalar.value != 0x7F && !scalar.properties.isWhitespace
                && !"/?#&<>\"\\".unicodeScalars.contains(scalar)
        }
        return isPlain ? nil : "expected a chat id without spaces, quotes and any of / ? # & < > \\"
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static func flaw(inLabel label: String) -> String? {
        if label == "*" { return "the label \"*\" stands for every chat where endpoints choose theirs" }
        let isPlain = !label.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
        return isPlain ? nil : "expected a label without control characters"
    }
}
