import Chats
import JSON

/// A form in JSON Schema (2020-12).
extension KeyForm {
    var schema: JSONValue {
        switch self {
        case .text, .secret, .path: ["type": "string"]
        case .name: Self.string(#"^[^\s/\\"']{1,64}$"#)
        case .url: Self.string("^[hH][tT][tT][pP][sS]?://[^/\\s]")
        case .proxyURL: Self.string("^([hH][tT][tT][pP][sS]?|[sS][oO][cC][kK][sS](4|4[aA]|5|5[hH]))://[^/\\s]")
        case .listenAddress: Self.string(":[0-9]+$")
        case .host: Self.string(#"^[^/\\@?#, :]+(:[0-9]+)?$|^\[[0-9a-fA-F.:]+\](:[0-9]+)?$"#)
        case .addressRange: Self.string("^[0-9a-fA-F.:]+(/[0-9]{1,3})?$")
        case .chatID: Self.string(#"^(?!cid|[0-9:]+$|[a-z]+://)[^\s/?#&<>"\\*]+$"#)
        case .eventPattern: .anyOf(.oneOf(EventType.allCases.map(\.rawValue)), Self.string(#"\*$"#))
        case .duration: Self.string("^([0-9]+(ms|s|m|h|d))+$")
        case .size: Self.string("^[0-9]+ ?([KMGT]iB|[kKMGT]B|B)$")
        case .rate: Self.string("^[1-9][0-9]{0,6}/[smh]$")
        case .integer(let bounds):
            [
                "type": "integer", "minimum": .integer(Int64(bounds.lowerBound)),
                "maximum": .integer(Int64(bounds.upperBound)),
            ]
        case .number(let above, let most):
            ["type": "number", "exclusiveMinimum": JSONValue(above), "maximum": JSONValue(most)]
        case .bool: ["type": "boolean"]
        case .choice(let names): .anyOf(.oneOf(names), .reference)
        case .list(let form, let isNeverEmpty):
            .object(Self.list(of: form, isNeverEmpty: isNeverEmpty))
        case .object(let table): table.schema
        case .headers:
            [
                "type": "object", "patternProperties": ["^//": true], "additionalProperties": ["type": "string"],
                "propertyNames": ["pattern": "^(//|[!#$%&'*+.^_`|~0-9A-Za-z-]+$)"],
            ]
        case .anyObject: ["type": "object"]
        case .anything: true
        case .either(let first, let second): .anyOf(first.schema, second.schema)
        case .orNull(let form): .anyOf(form.schema, ["type": "null"])
        }
    }

    /// The pattern holds for what is written out; a reference may come to anything.
    private static func string(_ pattern: String) -> JSONValue {
        .anyOf(["type": "string", "pattern": .string(pattern)], .reference)
    }

    private static func list(of form: KeyForm, isNeverEmpty: Bool) -> JSONObject {
        var list: JSONObject = ["type": "array", "items": form.schema]
        if isNeverEmpty { list["minItems"] = 1 }
        return list
    }
}

extension KeyTable {
    /// Comments may stand in every object.
    var schema: JSONValue {
        var properties = JSONObject()
        for (name, entry) in keys { properties[name] = entry.schema }
        var schema: JSONObject = [
            "type": "object", "properties": .object(properties), "patternProperties": ["^//": true],
            "additionalProperties": false,
        ]
        let required = keys.filter(\.entry.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        if !rules.isEmpty { schema["allOf"] = .array(rules) }
        return .object(schema)
    }
}

extension KeyEntry {
    fileprivate var schema: JSONValue {
        guard var object = form.schema.objectValue else { return ["description": .string(text)] }
        object["description"] = .string(text)
        object["default"] = fallback
        return .object(object)
    }
}

extension JSONValue {
    /// A string with a reference in it.
    fileprivate static let reference: JSONValue = ["$ref": "#/$defs/reference"]
}
