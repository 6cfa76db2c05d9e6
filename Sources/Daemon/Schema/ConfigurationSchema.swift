package import JSON

/// The configuration described for programs and for people, out of the table of keys that its reader goes by.
package enum ConfigurationSchema {
    /// A JSON Schema (2020-12). It sees less than `belfry check`, which knows what belongs together; what it refuses is refused
    /// by `check` too.
    package static var json: JSONValue {
        var schema: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Belfry's configuration",
        ]
        for (key, value) in KeyTable(TopKey.self).schema.objectValue ?? [:] { schema[key] = value }
        schema["$defs"] = [
            "reference": [
                "description": "A string that is replaced by a variable of the environment or by the text of a file.",
                "type": "string", "pattern": "\\$\\{",
            ]
        ]
        return .object(schema)
    }

    /// Every key in tables, one for each object.
    package static var markdown: String {
        var sections: [String] = []
        KeyTable(TopKey.self).addSections(at: "", to: &sections)
        return sections.joined(separator: "\n\n")
    }
}
