import JSON

/// A JSON Schema (2020-12), and the definitions that it refers to by name.
struct Schema: Sendable, Equatable {
    var json: JSONObject
    var definitions: [String: JSONObject] = [:]

    init(_ json: JSONObject, definitions: [String: JSONObject] = [:]) {
        self.json = json
        self.definitions = definitions
    }

    static let string = Schema(["type": "string"])
    static let integer = Schema(["type": "integer"])
    static let number = Schema(["type": "number"])
    static let boolean = Schema(["type": "boolean"])
    static let time = Schema(["type": "string", "format": "date-time"])
    /// An object of which nothing more is said.
    static let object = Schema(["type": "object"])

    static func words(_ words: [String]) -> Schema {
        Schema(["type": "string", "enum": .array(words.map { .string($0) })])
    }

    static func text(matching pattern: String) -> Schema {
        Schema(["type": "string", "pattern": .string(pattern)])
    }

    static func array(of element: Schema) -> Schema {
        Schema(["type": "array", "items": .object(element.json)], definitions: element.definitions)
    }

    /// An object whose members all look like that, whatever their names.
    static func map(of value: Schema) -> Schema {
        Schema(
            ["type": "object", "additionalProperties": .object(value.json)], definitions: value.definitions)
    }

    /// An object with these members and no others.
    static func object(_ members: [(name: String, schema: Schema)], required: [String]) -> Schema {
        Schema(
            [
                "type": "object",
                "properties": .object(JSONObject(members.map { ($0.name, .object($0.schema.json)) })),
                "required": .array(required.map { .string($0) }), "additionalProperties": false,
            ],
            definitions: members.reduce(into: [:]) { all, member in
                all.merge(member.schema.definitions) { first, _ in first }
            })
    }

    /// The same under a name, by which it is referred to.
    func named(_ name: String) -> Schema {
        var definitions = definitions
        definitions[name] = json
        return Schema(["$ref": .string("#/components/schemas/\(name)")], definitions: definitions)
    }

    var orNull: Schema {
        var result = self
        guard let type = json["type"] else {
            result.json = ["anyOf": [.object(json), ["type": "null"]]]
            return result
        }
        result.json["type"] = [type, "null"]
        if let words = json["enum"]?.arrayValue { result.json["enum"] = .array(words + [.null]) }
        return result
    }

    func described(_ text: String) -> Schema {
        var result = self
        result.json["description"] = .string(text)
        return result
    }
}
