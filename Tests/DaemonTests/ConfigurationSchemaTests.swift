import Daemon
import FoundationEssentials
import JSON
import Testing

@Suite("The schema of the configuration")
struct ConfigurationSchemaTests {
    private let sample: CompleteSample
    private let keys: [SchemaKey]

    init() throws {
        sample = try CompleteSample()
        keys = SchemaKey.all(in: sample.value, by: ConfigurationSchema.json)
    }

    /// Those that stand in the sample.
    private var written: [SchemaKey] {
        keys.filter { sample.value.value(at: $0.object)?[$0.name] != nil }
    }

    @Test("has no key that the complete sample lacks")
    func sampleIsComplete() throws {
        _ = try sample.read(sample.value)
        #expect(Set(keys.map(\.path)) == Set(written.map(\.path)))
        #expect(keys.count > 60)
    }

    @Test("has the very keys that the reader knows")
    func sameKeys() throws {
        let objects = Dictionary(grouping: keys, by: \.object)
        for (place, keys) in objects {
            let text = sample.value.setting("zzzzzzzzzz", to: 1, at: place)
            let error = #expect(throws: ConfigurationError.self) { try sample.read(text) }
            let known = keys.map(\.name).joined(separator: ", ")
            #expect(error?.problems.map(\.message) == ["unknown key; known: \(known)"])
        }
    }

    @Test("says of each key whether it must be there")
    func required() throws {
        for key in written {
            let rest = sample.value.setting(key.name, to: nil, at: key.object)
            let messages: [String]
            do {
                _ = try sample.read(rest)
                messages = []
            } catch {
                messages = error.problems.map(\.message)
            }
            #expect(messages.contains("required, but missing") == key.isRequired, "\(key.path)")
        }
    }

    @Test("gives the default that is taken for a key that is left out")
    func defaults() throws {
        var seen: Set<String> = []
        for key in written {
            guard let fallback = key.schema["default"],
                // Not every format can be left out beside what goes with it.
                let absent = try? sample.read(sample.value.setting(key.name, to: nil, at: key.object))
            else { continue }
            let explicit = try sample.read(sample.value.setting(key.name, to: fallback, at: key.object))
            #expect(ConfigurationChange(from: absent, to: explicit).sentences == [], "\(key.path)")
            seen.insert(key.path)
        }
        #expect(seen == Set(keys.filter { $0.schema["default"] != nil }.map(\.path)))
    }

    @Test("has no key but $schema whose change would go unnoticed in a reload")
    func noticed() throws {
        let before = try sample.read(sample.value)
        // A template needs one of its two bodies, and an endpoint of that format its template.
        let exceptions: Set<String> = [
            "$schema", "endpoints[].template", "endpoints[].template.body", "endpoints[].template.bodyFile",
        ]
        var noticed: Set<String> = []
        for key in written {
            guard let after = try? sample.read(sample.value.setting(key.name, to: nil, at: key.object)) else {
                continue
            }
            if !ConfigurationChange(from: before, to: after).isEmpty { noticed.insert(key.path) }
        }
        #expect(noticed.union(exceptions) == Set(keys.filter { !$0.isRequired }.map(\.path)))
    }

    @Test("explains every key in one line of Markdown")
    func explains() {
        for key in keys {
            let text = key.schema["description"]?.stringValue ?? ""
            #expect(text.hasSuffix(".") && !text.contains("\n") && !text.contains("|"), "\(key.path)")
        }
    }

    /// `BELFRY_RECORD_DOCS=1` writes the tables into the document.
    @Test("is what docs/configuration.md shows")
    func documentation() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let path = root.joined(separator: "/") + "/docs/configuration.md"
        let data = try #require(FileManager.default.contents(atPath: path))
        let text = String(decoding: data, as: UTF8.self)
        let opening = try #require(text.firstRange(of: "<!-- keys -->\n"))
        let closing = try #require(text.firstRange(of: "\n<!-- end of keys -->"))
        if ProcessInfo.processInfo.environment["BELFRY_RECORD_DOCS"] == "1" {
            let new = text[..<opening.upperBound] + ConfigurationSchema.markdown + text[closing.lowerBound...]
            try #require(FileManager.default.createFile(atPath: path, contents: Data(String(new).utf8)))
        } else {
            #expect(
                text[opening.upperBound..<closing.lowerBound] == ConfigurationSchema.markdown[...],
                "run 'BELFRY_RECORD_DOCS=1 scripts/test --filter ConfigurationSchemaTests'")
        }
    }
}
