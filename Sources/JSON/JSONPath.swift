/// Where a value stands in a document, as people write it: `endpoints[1].retry.maxAge`; the whole document is empty.
package struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// The whole document.
    package init() {
        description = ""
    }

    private init(description: String) {
        self.description = description
    }

    /// A key that would not read as one name is quoted: `headers["a.b"]`.
    package func appending(key: String) -> JSONPath {
        let isName = !key.isEmpty && !key.contains { ".[]\"".contains($0) || $0.isWhitespace || $0.isNewline }
        guard isName else { return JSONPath(description: "\(description)[\(JSONValue.string(key).text)]") }
        return JSONPath(description: description.isEmpty ? key : "\(description).\(key)")
    }

    package func appending(index: Int) -> JSONPath {
        JSONPath(description: "\(description)[\(index)]")
    }
}

extension JSONPath: ExpressibleByStringLiteral {
    /// Takes the written form as it is.
    package init(stringLiteral value: String) {
        self.init(description: value)
    }
}
