extension JSONValue {
    /// Compact, in UTF-8.
    package func serialized() -> [UInt8] {
        serialized(.compact)
    }

    /// Compact.
    package var text: String {
        String(decoding: serialized(.compact), as: UTF8.self)
    }

    /// A line a member, two spaces a level, no line break at the end.
    package var prettyText: String {
        String(decoding: serialized(.pretty), as: UTF8.self)
    }

    private func serialized(_ style: JSONWriter.Style) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.value(self)
        return writer.bytes
    }
}
