/// Takes our own secrets out of what others say: an error page may well repeat the request, and we keep, log and pass on what
/// it says.
package struct Scrubber: Sendable {
    /// Shorter texts are no secrets, and blotting them out would tear holes into plain words.
    private static let shortestSecret = 6
    private static let replacement = Array("[secret]".utf8)

    /// Longest first, so that a whole address goes before its path.
    private let secrets: [[UInt8]]

    /// Of each secret every spelling in which it may come back must be given.
    package init(_ secrets: some Sequence<String>) {
        self.secrets = Set(secrets.lazy.map { Array($0.utf8) }.filter { $0.count >= Self.shortestSecret })
            .sorted { $0.count > $1.count }
    }

    /// The front of an answer, without secrets, at most `limit` bytes.
    package func scrubbed(_ body: [UInt8], limit: Int) -> [UInt8] {
        // Most answers are a word or two.
        if body.count <= limit, isTooShortForSecrets(body.count) { return body }
        let longest = secrets.first?.count ?? 0
        let reach = limit + longest
        let isCut = body.count > reach
        var kept = isCut ? Array(body[..<reach]) : body
        for secret in secrets {
            kept = Self.replacing(secret, in: kept)
        }
        // The cut may have left the front of a secret at the end, where it is no longer found.
        return Array(kept.dropLast(isCut ? longest : 0).prefix(limit))
    }

    /// All of it, without secrets.
    package func scrubbed(_ body: [UInt8]) -> [UInt8] {
        // What replaces a secret may be longer than it, though never twice as long.
        scrubbed(body, limit: 2 * body.count)
    }

    /// Also for what we say ourselves, which may quote an answer.
    package func scrubbed(_ text: String) -> String {
        if isTooShortForSecrets(text.utf8.count) { return text }
        return String(decoding: scrubbed(Array(text.utf8)), as: UTF8.self)
    }

    private func isTooShortForSecrets(_ count: Int) -> Bool {
        secrets.last.map { count < $0.count } ?? true
    }

    private static func replacing(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= secret.count, let first = secret.first else { return bytes }
        var result: [UInt8]?
        var copied = 0
        var index = 0
        while index <= bytes.count - secret.count {
            if bytes[index] == first, bytes[index..<(index + secret.count)].elementsEqual(secret) {
                result = (result ?? []) + bytes[copied..<index] + replacement
                index += secret.count
                copied = index
            } else {
                index += 1
            }
        }
        return result.map { $0 + bytes[copied...] } ?? bytes
    }
}
