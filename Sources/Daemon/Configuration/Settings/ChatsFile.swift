import JSON

/// A list of chats in a file of its own: one `id [label]` a line.
///
/// `#` at the beginning of a line or behind a blank begins a comment. Blank lines mean nothing.
package struct ChatsFile: Sendable, Equatable {
    /// As it can be opened.
    package var path: String
    package var chats: [ChatSettings]

    /// By chat id.
    var labels: [String: String] {
        Dictionary(chats.compactMap { chat in chat.label.map { (chat.id, $0) } }) { first, _ in first }
    }

    /// Reads the file; every wrong line is a problem of its own.
    package init(path: String) throws(ConfigurationError) {
        let bytes: [UInt8]
        do {
            bytes = try FileContents.read(path)
        } catch {
            throw ConfigurationError([.unreadable(path, error)])
        }
        try self.init(path: path, bytes: bytes)
    }

    package init(path: String, bytes: [UInt8]) throws(ConfigurationError) {
        self.path = path
        chats = []
        var problems: [ConfigurationProblem] = []
        var lines: [String: Int] = [:]
        for (index, line) in Self.lines(of: bytes).enumerated() {
            let number = index + 1
            func report(_ message: String, column: Int) {
                let position = JSONPosition(line: number, column: column)
                problems.append(ConfigurationProblem(file: path, position: position, message: message))
            }
            guard let text = String(validating: line, as: UTF8.self) else {
                report("bytes that are not UTF-8", column: 1)
                continue
            }
            guard let entry = Entry(text) else { continue }
            if let flaw = ChatID.flaw(in: entry.id) {
                report(flaw, column: entry.column)
            } else if let flaw = entry.label.flatMap(ChatID.flaw(inLabel:)) {
                report(flaw, column: entry.column)
            } else if let first = lines[entry.id] {
                report("the chat \(entry.id) is listed twice, first on line \(first)", column: entry.column)
            } else {
                lines[entry.id] = number
                chats.append(ChatSettings(id: entry.id, label: entry.label))
            }
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }
    }

    private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
        return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    /// What a line says.
    private struct Entry {
        let id: String
        let label: String?
        /// Where the id begins, from 1.
        let column: Int

        /// Nil for a line that holds nothing, or only a comment.
        init?(_ line: String) {
            let start = line.unicodeScalars.prefix(while: \.isBlank).count
            var words: [Substring.UnicodeScalarView] = []
            for word in line.unicodeScalars.split(whereSeparator: \.isBlank) {
                if word.first == "#" { break }
                words.append(word)
            }
            guard let first = words.first else { return nil }
            id = String(first)
            label = words.count > 1 ? words.dropFirst().map { String($0) }.joined(separator: " ") : nil
            column = start + 1
        }
    }
}

extension Unicode.Scalar {
    /// White space. Nearly all of a list is ASCII, of which no table needs to be asked.
    fileprivate var isBlank: Bool {
        value < 0x80 ? self == " " || (0x09...0x0D).contains(value) : properties.isWhitespace
    }
}
