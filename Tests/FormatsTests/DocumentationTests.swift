import Deliveries
import FoundationEssentials
import JSON
import Testing

/// What docs/destinations.md gives to paste.
struct DocumentationTests {
    private static func snippets() throws -> [JSONValue] {
        let folders = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let data = FileManager.default.contents(atPath: folders.joined(separator: "/") + "/docs/destinations.md")
        let text = String(decoding: try #require(data), as: UTF8.self)
        return try text.split(separator: "```json\n").dropFirst().map { part in
            try JSONParser.parse(String(part[..<(part.firstRange(of: "\n```")?.lowerBound ?? part.endIndex)]))
        }
    }

    @Test("every format for people and every robot has an endpoint to paste, with known names")
    func endpoints() throws {
        let snippets = try Self.snippets()
        let formats = try snippets.map { try #require($0["format"]?.stringValue.flatMap(FormatName.init)) }
        #expect(
            Set(formats).isSuperset(
                of: FormatName.allCases.filter(\.isForPeople) + [.standard, .cloudevents, .template]))
        for snippet in snippets {
            for entry in snippet["signing"]?.arrayValue ?? [] {
                #expect(entry["scheme"]?.stringValue.flatMap(SigningScheme.init) != nil)
            }
        }
    }

    @Test("the template to paste is one")
    func template() throws {
        let template = try #require(try Self.snippets().compactMap { $0["template"]?["body"] }.first)
        let payload = FormatName.template.format(template: try Template(body: template)).payload(
            for: Sample.all[5].stored)
        let body = try JSONParser.parse(payload.body)
        #expect(body["gone_count"] == 60 && body["sequence"] == 17 && body["at"] == "2026-11-23 14:40:41")
    }
}
