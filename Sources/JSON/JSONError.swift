/// What makes a text no JSON, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    package var position: JSONPosition

    /// For people: `expected ',' or '}', found 'x'`.
    package var message: String

    package init(position: JSONPosition, message: String) {
        self.position = position
        self.message = message
    }

    package var line: Int { position.line }

    package var column: Int { position.column }

    /// `12:7: expected ',' or '}', found 'x'`
    package var description: String { "\(position): \(message)" }
}
