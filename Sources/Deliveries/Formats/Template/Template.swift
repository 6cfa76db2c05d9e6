package import JSON

/// A message of an operator's own making: any JSON value whose strings may hold placeholders, `{{data.chat.name}}`.
///
/// A string that is one placeholder takes its value with its type; elsewhere the value becomes text. Only values are put in,
/// never pieces of JSON, so the result is valid whatever a group is called.
package struct Template: Sendable, Equatable {
    package let contentType: String
    let body: TemplateNode

    private init(contentType: String, body: TemplateNode) {
        self.contentType = contentType
        self.body = body
    }

    /// A body that is itself a string makes a plain text. Without `contentType` it is sent as `text/plain`, everything else
    /// as `application/json`.
    package init(body: JSONValue, contentType: String? = nil) throws(TemplateError) {
        var parser = TemplateParser()
        let node = parser.node(body, at: JSONPath().appending(key: "body"))
        let isText = body.stringValue != nil
        var problems = parser.problems
        if let problem = contentType.flatMap({ Self.problem(withContentType: $0, isText: isText) }) {
            problems.append(TemplateError.Problem(path: JSONPath().appending(key: "contentType"), text: problem))
        }
        guard problems.isEmpty else { throw TemplateError(problems: problems) }
        let usual = isText ? "text/plain; charset=utf-8" : "application/json"
        self.init(contentType: contentType ?? usual, body: node)
    }

    /// What `render` shows where no template is given: `{"text": "{{type}}: {{data.chat.name}}", "id": "{{id}}"}`.
    package static let example = Template(
        contentType: "application/json",
        body: .object([
            TemplateNode.Member(
                key: "text",
                value: .text([
                    .placeholder(Placeholder(source: .path(["type"]), filters: [])), .literal(": "),
                    .placeholder(Placeholder(source: .path(["data", "chat", "name"]), filters: [])),
                ])),
            TemplateNode.Member(key: "id", value: .placeholder(Placeholder(source: .path(["id"]), filters: []))),
        ]))

    var isText: Bool {
        if case .text = body { true } else { false }
    }

    var isObject: Bool {
        if case .object = body { true } else { false }
    }

    private static func problem(withContentType contentType: String, isText: Bool) -> String? {
        guard contentType.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !contentType.isEmpty else {
            return "expected a media type such as \"application/json\", in printable ASCII"
        }
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        if isText, type.hasSuffix("/json") || type.hasSuffix("+json") {
            return
                "a body that is a string is sent as plain text, which is no JSON: write the JSON value itself as the body"
        }
        return nil
    }
}
