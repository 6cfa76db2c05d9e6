import JSON

/// Turns a template's body into nodes, and collects what is wrong with it instead of stopping at the first.
struct TemplateParser {
    private(set) var problems: [TemplateError.Problem] = []

    /// `path` is where the value stands in the template.
    mutating func node(_ value: JSONValue, at path: JSONPath) -> TemplateNode {
        switch value {
        case .string(let text):
            let segments = segments(text, at: path)
            // A body that is itself a string is a text even when it is one placeholder.
            return path == Self.root ? .text(segments) : Self.node(of: segments)
        case .array(let elements):
            var nodes: [TemplateNode] = []
            for (index, element) in elements.enumerated() {
                nodes.append(node(element, at: path.appending(index: index)))
            }
            return .array(nodes)
        case .object(let object):
            var members: [TemplateNode.Member] = []
            for (key, value) in object {
                let place = path.appending(key: key)
                if key.contains("{{") { report("a key cannot hold placeholders", at: place) }
                members.append(TemplateNode.Member(key: key, value: node(value, at: place)))
            }
            return .object(members)
        case .null, .bool, .integer, .double:
            return .constant(value)
        }
    }

    private static let root = JSONPath().appending(key: "body")

    private static func node(of segments: [TemplateNode.Segment]) -> TemplateNode {
        switch (segments.count, segments.first) {
        case (0, _): .constant("")
        case (1, .placeholder(let placeholder)?): .placeholder(placeholder)
        case (1, .literal(let text)?): .constant(.string(text))
        default: .text(segments)
        }
    }

    private mutating func segments(_ text: String, at path: JSONPath) -> [TemplateNode.Segment] {
        var segments: [TemplateNode.Segment] = []
        var rest = text[...]
        while let opening = rest.firstRange(of: "{{") {
            if opening.lowerBound > rest.startIndex { segments.append(.literal(String(rest[..<opening.lowerBound]))) }
            var parser = PlaceholderParser(rest[opening.upperBound...])
            do {
                segments.append(.placeholder(try parser.placeholder()))
            } catch {
                report(error.text, at: path)
                // Where the placeholder ends is not known: what follows it could only give false alarms.
                return segments
            }
            rest = parser.rest
        }
        if !rest.isEmpty { segments.append(.literal(String(rest))) }
        return segments
    }

    private mutating func report(_ text: String, at path: JSONPath) {
        problems.append(TemplateError.Problem(path: path, text: text))
    }
}
