import JSON

/// A place in the configuration, whether something stands there or not.
///
/// What reads a value answers nil when it is absent, and when it is wrong, which has been reported then.
struct ConfigurationNode {
    /// Nil when absent.
    let value: JSONValue?
    let path: JSONPath
    let reading: ConfigurationReading

    /// Of the value that this one is missing from, when it is.
    private let enclosing: JSONPath

    init(root reading: ConfigurationReading) {
        self.init(value: reading.document.root, path: JSONPath(), enclosing: JSONPath(), reading: reading)
    }

    private init(value: JSONValue?, path: JSONPath, enclosing: JSONPath, reading: ConfigurationReading) {
        self.value = value
        self.path = path
        self.enclosing = enclosing
        self.reading = reading
    }

    var isAbsent: Bool { value == nil }

    var isNull: Bool { value == .null }

    func member(_ key: String) -> ConfigurationNode {
        ConfigurationNode(value: value?[key], path: path.appending(key: key), enclosing: path, reading: reading)
    }

    /// Nil when the value is no list.
    var elements: [ConfigurationNode]? {
        guard let value else { return nil }
        guard let list = value.arrayValue else {
            reportMismatch("a list")
            return nil
        }
        return list.enumerated().map { index, element in
            let path = path.appending(index: index)
            return ConfigurationNode(value: element, path: path, enclosing: self.path, reading: reading)
        }
    }

    /// A list of one element or more.
    var someElements: [ConfigurationNode]? {
        guard let elements else { return nil }
        guard elements.isEmpty else { return elements }
        report("expected at least one element")
        return nil
    }

    var position: JSONPosition? {
        reading.document.position(of: isAbsent ? enclosing : path)
    }

    var keyPosition: JSONPosition? {
        reading.document.keyPosition(of: path)
    }

    func report(_ message: String) {
        reading.report(message, about: path, at: position)
    }

    /// Notes what does not make the configuration unusable.
    func warn(_ message: String) {
        reading.warn(message, about: path, at: position)
    }

    /// Reports what is wrong with the key rather than with the value.
    func reportKey(_ message: String) {
        reading.report(message, about: path, at: keyPosition ?? position)
    }

    /// Shows the value as it is written, what it refers to unread.
    func reportMismatch(_ expectation: String) {
        report("expected \(expectation), found \(found)")
    }

    /// For values that may hold a secret: shows only what kind of value it is.
    func reportConfidentialMismatch(_ expectation: String) {
        let kind =
            switch value {
            case .string: "another text"
            case .integer, .double: "a number"
            default: found
            }
        report("expected \(expectation), found \(kind)")
    }

    private var found: String {
        let longest = 60
        switch value {
        case nil: return "nothing"
        case .array: return "a list"
        case .object: return "an object"
        case .string("")?: return "an empty string"
        case .string(let text)? where text.count > longest:
            return JSONValue.string(text.prefix(longest) + "…").text
        case let scalar?: return scalar.text
        }
    }
}
