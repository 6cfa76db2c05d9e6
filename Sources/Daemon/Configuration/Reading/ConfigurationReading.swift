import JSON

/// One reading of a configuration: its document, and the problems found so far.
///
/// A class because every node of the document adds to the same list. It lives only while a configuration is read.
final class ConfigurationReading {
    let document: JSONDocument
    let source: ConfigurationSource
    private(set) var problems: [ConfigurationProblem] = []
    private var warnings: [ConfigurationProblem] = []

    init(_ document: JSONDocument, source: ConfigurationSource) {
        self.document = document
        self.source = source
    }

    convenience init(parsing bytes: [UInt8], source: ConfigurationSource) throws(ConfigurationError) {
        do {
            self.init(try JSONDocument(parsing: bytes), source: source)
        } catch {
            throw ConfigurationError([
                ConfigurationProblem(file: source.file, position: error.position, message: error.message)
            ])
        }
    }

    convenience init(file: String, environment: [String: String]) throws(ConfigurationError) {
        let bytes: [UInt8]
        do {
            bytes = try FileContents.read(file)
        } catch {
            throw ConfigurationError([.unreadable(file, error)])
        }
        try self.init(parsing: bytes, source: ConfigurationSource(file: file, environment: environment))
    }

    func report(_ message: String, about path: JSONPath, at position: JSONPosition?) {
        add([ConfigurationProblem(file: source.file, position: position, path: path, message: message)])
    }

    /// Something that does not make the configuration unusable.
    func warn(_ message: String, about path: JSONPath, at position: JSONPosition?) {
        warnings.append(
            ConfigurationProblem(file: source.file, position: position, path: path, message: message, isWarning: true))
    }

    /// Problems of another file that the configuration names.
    func add(_ problems: [ConfigurationProblem]) {
        self.problems += problems
    }

    /// Throws every problem that was reported, those of the configuration itself first and in its order.
    func throwProblems() throws(ConfigurationError) {
        guard !problems.isEmpty else { return }
        throw ConfigurationError(inOrder(problems))
    }

    var orderedWarnings: [ConfigurationProblem] { inOrder(warnings) }

    private func inOrder(_ problems: [ConfigurationProblem]) -> [ConfigurationProblem] {
        let start = JSONPosition(line: 0, column: 0)
        return problems.enumerated().sorted { left, right in
            let leftKey = (left.element.file == source.file ? 0 : 1, left.element.position ?? start, left.offset)
            let rightKey = (right.element.file == source.file ? 0 : 1, right.element.position ?? start, right.offset)
            return leftKey < rightKey
        }.map(\.element)
    }
}
