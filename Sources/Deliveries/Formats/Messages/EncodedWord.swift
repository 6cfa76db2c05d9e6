/// Texts in header values (RFC 2047 section 2).
enum EncodedWord {
    /// Bytes to a word: with base 64 and `=?UTF-8?B?…?=` around them, a word may have 75 characters.
    private static let wordLength = 45

    /// Printable ASCII stays as it is; anything else becomes encoded words in base 64, none of which cuts a character.
    static func encode(_ text: String) -> String {
        // What looks like an encoded word would be decoded.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !text.contains("=?") { return text }
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > wordLength { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Base64.encode($0))?=" }.joined(separator: " ")
    }
}
