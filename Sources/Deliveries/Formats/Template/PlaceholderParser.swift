import JSON

/// Reads one placeholder behind its `{{`:
///
/// ```
/// placeholder = ( path | literal ) { "|" name [ literal ] } "}}"
/// path        = name { "." name }
/// literal     = a string in double quotes, a number, true, false or null
/// ```
struct PlaceholderParser {
    struct Failure: Error {
        var text: String
    }

    private(set) var rest: Substring

    init(_ text: Substring) {
        rest = text
    }

    /// Afterwards `rest` is what follows the `}}`.
    mutating func placeholder() throws(Failure) -> Placeholder {
        let source = try source()
        var filters: [TemplateFilter] = []
        skipSpace()
        while skip("|") {
            skipSpace()
            filters.append(try filter(on: filters.isEmpty ? source : nil))
            skipSpace()
        }
        guard skip("}}") else {
            throw Failure(text: rest.isEmpty ? "{{ without }}" : "expected | or }}, found \(Self.shown(rest))")
        }
        return Placeholder(source: source, filters: filters)
    }

    private mutating func source() throws(Failure) -> Placeholder.Source {
        skipSpace()
        if let literal = try literal() { return .constant(literal) }
        let path = rest.prefix { Self.isName($0) || $0 == "." }
        guard !path.isEmpty else {
            throw Failure(
                text: rest.isEmpty
                    ? "{{ without }}" : "expected a path such as data.chat.name, found \(Self.shown(rest))")
        }
        rest = rest[path.endIndex...]
        let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard EventShape.known.kinds(at: names) != nil else {
            let suggestion = EventShape.known.suggestion(for: names).map {
                "; did you mean \($0.joined(separator: "."))?"
            }
            throw Failure(text: "no event has \(path)\(suggestion ?? "")")
        }
        return .path(names)
    }

    /// `source` is what the filter is applied to, where it is the first.
    private mutating func filter(on source: Placeholder.Source?) throws(Failure) -> TemplateFilter {
        let name = rest.prefix(while: Self.isName)
        rest = rest[name.endIndex...]
        skipSpace()
        let argument = try literal()
        var kinds: Set<EventShape.Kind>?
        if case .path(let path)? = source { kinds = EventShape.known.kinds(at: path) }
        switch (name, argument) {
        case ("default", let value?):
            return .default(value)
        case ("join", .string(let separator)?):
            guard kinds?.contains(.list) ?? true else {
                throw Failure(text: "join takes a list, such as data.change.added")
            }
            return .join(separator)
        case ("count", nil):
            return .count
        case ("date", .string(let text)?):
            guard kinds?.contains(.time) ?? true else { throw Failure(text: "date takes a time, such as timestamp") }
            guard let form = DateForm(text) else {
                let names = DateForm.Name.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure(
                    text: "date knows the forms \(names), with an offset such as \"date +08:00\"; found \"\(text)\"")
            }
            return .date(form)
        case ("default", nil): throw Failure(text: "default needs a value, such as | default \"unknown\"")
        case ("join", _): throw Failure(text: "join needs a text, such as | join \", \"")
        case ("count", _): throw Failure(text: "count takes no value")
        case ("date", _): throw Failure(text: "date needs a form, such as | date \"datetime\"")
        case ("", _): throw Failure(text: "expected a filter behind |: default, join, count or date")
        default: throw Failure(text: "no filter is called \(name); known are default, join, count and date")
        }
    }

    /// A JSON scalar; nil when none begins here.
    private mutating func literal() throws(Failure) -> JSONValue? {
        let text: Substring
        if rest.first == "\"" {
            guard let end = Self.endOfString(rest) else { throw Failure(text: "a text without its closing quote") }
            text = rest[..<end]
        } else {
            text = rest.prefix { Self.isName($0) || $0 == "." || $0 == "+" }
            let isWord = ["true", "false", "null"].contains(text)
            guard isWord || text.first.map({ $0 == "-" || $0.isNumber }) ?? false else { return nil }
        }
        guard let value = try? JSONParser.parse(String(text)) else {
            throw Failure(text: "expected a value as in JSON, found \(Self.shown(text))")
        }
        rest = rest[text.endIndex...]
        return value
    }

    private static func endOfString(_ text: Substring) -> Substring.Index? {
        var isEscaped = false
        for index in text.indices.dropFirst() {
            switch text[index] {
            case "\\" where !isEscaped: isEscaped = true
            case "\"" where !isEscaped: return text.index(after: index)
            default: isEscaped = false
            }
        }
        return nil
    }

    private static func isName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }

    private static func shown(_ text: Substring) -> String {
        "'\(text.prefix(20))'"
    }

    private mutating func skipSpace() {
        rest = rest.drop { $0 == " " || $0 == "\t" }
    }

    private mutating func skip(_ mark: String) -> Bool {
        guard rest.hasPrefix(mark) else { return false }
        rest = rest.dropFirst(mark.count)
        return true
    }
}
