import JSON

// Phrases of JSON Schema (2020-12) about the keys that an object has.
extension JSONValue {
    static func requires(_ key: String) -> JSONValue { ["required": [.string(key)]] }

    static func forbids(_ key: String) -> JSONValue { ["properties": .object([key: false])] }

    static func anyOf(_ schemas: JSONValue...) -> JSONValue { ["anyOf": .array(schemas)] }

    /// The key is there, with one of the values.
    static func has(_ key: String, _ values: [String]) -> JSONValue {
        ["required": [.string(key)], "properties": .object([key: .oneOf(values)])]
    }

    /// The key is left out, or has one of the values.
    static func hasAtMost(_ key: String, _ values: [String]) -> JSONValue {
        ["properties": .object([key: .oneOf(values)])]
    }

    static func oneOf(_ values: [String]) -> JSONValue {
        ["enum": .array(values.map { .string($0) })]
    }
}
