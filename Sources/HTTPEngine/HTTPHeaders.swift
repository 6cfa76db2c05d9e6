/// The headers of a response, kept as the bytes that came: most are never looked at.
package struct HTTPHeaders: Sendable {
    /// Lines `Name: value` that end with a line feed; the status line is not among them.
    private let lines: [UInt8]

    init(lines: [UInt8]) {
        self.lines = lines
    }

    package init(_ fields: [HTTPField] = []) {
        lines = fields.flatMap { Array("\($0.name): \($0.value)\r\n".utf8) }
    }

    /// The first value under a name, whatever the case of either.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name == wanted }?.value
    }

    /// All headers in the order of arrival, the names in lower case.
    package var fields: [HTTPField] {
        lines.split(separator: 0x0a).compactMap { line in
            guard let colon = line.firstIndex(of: 0x3a) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            return HTTPField(name, String(decoding: Self.trimmed(line[(colon + 1)...]), as: UTF8.self))
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return [] }
        return bytes[...last].drop(while: isBlank)
    }
}
