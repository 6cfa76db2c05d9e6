import Crypto

/// A key for HMAC-SHA256, the code of every symmetric scheme.
struct HMACKey: Sendable {
    /// Has taken in the key, which costs as much as some hundred bytes of a message; copies go on from there.
    private let keyed: HMAC<SHA256>

    init(bytes: [UInt8]) {
        keyed = HMAC<SHA256>(key: SymmetricKey(data: bytes))
    }

    /// For schemes whose key is the secret's text itself.
    init(text: String) throws(SigningSecretError) {
        try Self.check(text)
        self.init(bytes: Array(text.utf8))
    }

    /// A secret of any form, as long as it is a plausible one: a line break at its end comes from a file, and would sign
    /// everything wrongly.
    static func check(_ text: String) throws(SigningSecretError) {
        guard !text.isEmpty else { throw SigningSecretError("expected a secret, found an empty text") }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw SigningSecretError(
                "expected a secret of one line, found a line break or another control character in it")
        }
        guard text.first != " ", text.last != " " else {
            throw SigningSecretError("expected a secret, found a space before or behind it")
        }
    }

    /// Of the parts one after the other.
    func code(_ parts: [UInt8]...) -> [UInt8] {
        var hmac = keyed
        for part in parts {
            hmac.update(data: part)
        }
        return Array(hmac.finalize())
    }
}

extension [HMACKey] {
    init(texts: [String]) throws(SigningSecretError) {
        self = []
        for text in texts {
            append(try HMACKey(text: text))
        }
    }
}
