import Deliveries
import JSON

extension Template {
    init?(_ node: ConfigurationNode) {
        let object = ConfigurationObject(node, TemplateKey.self)
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
        do {
            try self.init(body: body, contentType: contentType)
        } catch {
            for problem in error.problems {
                // A body in a file of its own has no place in this one.
                if inline.isAbsent { file.report("\(problem.path): \(problem.text)") } else { node.report(problem) }
            }
            return nil
        }
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

    private static func mediaType(_ text: String) -> String? {
        let parts = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        let isPrintable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains(" ") } && isPrintable ? text : nil
    }
}

extension ConfigurationNode {
    /// At the string that holds it, as far as that can be found.
    fileprivate func report(_ problem: TemplateError.Problem) {
        let place = JSONPath(stringLiteral: "\(path).\(problem.path)")
        reading.report(problem.text, about: place, at: reading.document.position(of: place) ?? position)
    }
}
