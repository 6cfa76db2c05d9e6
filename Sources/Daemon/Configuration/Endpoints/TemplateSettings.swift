package import JSON

/// The message of an endpoint whose format is `template`.
package struct TemplateSettings: Sendable, Equatable {
    package var contentType: String
    /// Its strings may hold placeholders, `{{data.chat.name}}`; a string as the whole body is plain text.
    package var body: JSONValue
}

extension TemplateSettings {
    private enum Key: String, CaseIterable { case contentType, body, bodyFile }

    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, Key.self)
        let contentType = object[.contentType].text("a media type such as \"application/json\"", Self.mediaType)
        guard node.value?.objectValue != nil else { return nil }
        let inline = object[.body]
        let file = object[.bodyFile]
        switch (inline.isAbsent, file.isAbsent) {
        case (true, true): node.report("expected body or bodyFile")
        case (false, false): file.reportKey("expected either body or bodyFile")
        case (false, true), (true, false): break
        }
        guard let body = inline.isAbsent ? Self.contents(of: file) : inline.expandedValue() else { return nil }
        let place = inline.isAbsent ? file : inline
        if !Self.hasClosedPlaceholders(body) { place.report("a placeholder is not closed: {{ without }}") }
        self.init(contentType: contentType ?? Self.usualType(of: body), body: body)
    }

    private static func contents(of node: ConfigurationNode) -> JSONValue? {
        guard let path = node.filePath() else { return nil }
        do {
            return try JSONDocument(parsing: try FileContents.read(path)).root
        } catch let failure as FileContents.Failure {
            node.report("\(path) cannot be read: \(failure.reason)")
        } catch let error as JSONError {
            node.reading.add([ConfigurationProblem(file: path, position: error.position, message: error.message)])
        } catch {
            node.report("\(path): \(error)")
        }
        return nil
    }

    private static func usualType(of body: JSONValue) -> String {
        body.stringValue == nil ? "application/json" : "text/plain; charset=utf-8"
    }

    private static func mediaType(_ text: String) -> String? {
        let parts = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        let isPrintable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains(" ") } && isPrintable ? text : nil
    }

    private static func hasClosedPlaceholders(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text):
            var rest = text[...]
            while let opening = rest.firstRange(of: "{{") {
                guard let closing = rest[opening.upperBound...].firstRange(of: "}}") else { return false }
                rest = rest[closing.upperBound...]
            }
            return true
        case .array(let elements): return elements.allSatisfy(hasClosedPlaceholders)
        case .object(let object): return object.allSatisfy { hasClosedPlaceholders($0.value) }
        case .null, .bool, .integer, .double: return true
        }
    }
}
