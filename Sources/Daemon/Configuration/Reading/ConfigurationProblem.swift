package import JSON

/// One thing that is wrong with a configuration.
package struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// The file as the operator named it.
    package var file: String
    /// Nil when the file as a whole is meant.
    package var position: JSONPosition?
    /// Which value is meant; empty outside of JSON.
    package var path: JSONPath
    /// Never holds a secret.
    package var message: String

    package init(file: String, position: JSONPosition? = nil, path: JSONPath = JSONPath(), message: String) {
        self.file = file
        self.position = position
        self.path = path
        self.message = message
    }

    /// `config.json:12:7: endpoints[1].retry.maxAge: expected a duration such as "30s", found "soon"`
    package var description: String {
        [position.map { "\(file):\($0)" } ?? file, path.description, message].filter { !$0.isEmpty }
            .joined(separator: ": ")
    }
}
