package import JSON

/// Everything that is wrong with a template.
package struct TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Problem: Sendable, Equatable {
        /// Within the template's object: `body.text`, `contentType`.
        package var path: JSONPath
        /// For people: what was expected, what was found.
        package var text: String

        package init(path: JSONPath, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// In the template's order; at least one.
    package var problems: [Problem]

    package init(problems: [Problem]) {
        self.problems = problems
    }

    package var description: String {
        problems.map { "\($0.path): \($0.text)" }.joined(separator: "; ")
    }
}
