/// A place in a JSON text; the first character stands at line 1, column 1.
///
/// Columns count Unicode scalars, which is what editors show for all but combining characters.
package struct JSONPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    init(offset: Int, in bytes: some Sequence<UInt8>) {
        line = 1
        column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                // Continuation bytes belong to the scalar that their lead byte counted.
                column += 1
            }
        }
    }

    package static func < (left: JSONPosition, right: JSONPosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }

    /// `12:7`
    package var description: String { "\(line):\(column)" }
}
