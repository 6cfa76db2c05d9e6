import Chats
import Deliveries
import JSON
import Testing

struct GoldenTests {
    private static let cases: [(FormatName, Language)] = FormatName.allCases.flatMap { name in
        (name.isForPeople ? Language.allCases : [.english]).map { (name, $0) }
    }

    @Test("messages are those of the golden files", arguments: cases)
    func golden(_ name: FormatName, _ language: Language) throws {
        let format = name.format(language: language)
        var found = JSONObject()
        for sample in Sample.all {
            found[sample.name] = try Self.shown(format.payload(for: sample.stored))
        }
        if let digest = format.digest(of: Sample.all.prefix(6).map(\.stored)) {
            found["digest of \(digest.count)"] = try Self.shown(digest.payload)
        }
        let file = GoldenFile(name.isForPeople ? "\(name.rawValue).\(language.rawValue)" : name.rawValue)
        if GoldenFile.isRecording { try #require(file.record(.object(found))) }
        let kept = try #require(try file.read()?.objectValue, "no golden file")
        #expect(kept.keys == found.keys)
        for (key, value) in found {
            #expect(kept[key] == value, "\(key)")
        }
    }

    private static func shown(_ payload: Payload) throws -> JSONValue {
        var headers: JSONObject = ["content-type": .string(payload.contentType), "webhook-id": .string(payload.id)]
        for header in payload.headers { headers[header.name] = .string(header.value) }
        let isJSON = payload.contentType.contains("json")
        let body = isJSON ? try JSONParser.parse(payload.body) : .string(String(decoding: payload.body, as: UTF8.self))
        return ["headers": .object(headers), "body": body]
    }
}
