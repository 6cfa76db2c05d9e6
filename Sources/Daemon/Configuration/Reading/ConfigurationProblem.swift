package import JSON
import Telemetry

/// One thing that is wrong with a configuration, or that its author should know.
package struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// The file as the operator named it.
    package var file: String
    /// Nil when the file as a whole is meant.
    package var position: JSONPosition?
    /// Which value is meant; empty outside of JSON.
    package var path: JSONPath
    /// Never holds a secret.
    package var message: String
    /// The configuration can be used all the same.
    package var isWarning: Bool

    package init(
        file: String, position: JSONPosition? = nil, path: JSONPath = JSONPath(), message: String,
        isWarning: Bool = false
    ) {
        self.file = file
        self.position = position
        self.path = path
        self.message = message
        self.isWarning = isWarning
    }

    /// One line, whatever stands in the file:
    /// `config.json:12:7: endpoints[1].retry.maxAge: expected a duration such as "30s", found "soon"`
    package var description: String {
        let place = position.map { "\(file):\($0)" } ?? file
        return [place, isWarning ? "warning" : "", path.description, message].filter { !$0.isEmpty }.joined(
            separator: ": "
        ).escapingControls
    }
}

extension ConfigurationProblem {
    static func unreadable(_ file: String, _ failure: FileContents.Failure) -> ConfigurationProblem {
        ConfigurationProblem(file: file, message: "cannot be read: \(failure.reason)")
    }
}
