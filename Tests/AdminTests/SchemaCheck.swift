import JSON

/// Compares values with the part of JSON Schema that the API's description uses.
struct SchemaCheck {
    let document: JSONValue

    /// Where a value is not what its schema says; empty when it is.
    func faults(of value: JSONValue, by schema: JSONValue, at path: String = "$") -> [String] {
        if let reference = schema["$ref"]?.stringValue {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            guard let target = document["components"]?["schemas"]?[name] else { return ["\(path): no schema \(name)"] }
            return faults(of: value, by: target, at: path)
        }
        if let choices = schema["anyOf"]?.arrayValue {
            let isOne = choices.contains { faults(of: value, by: $0, at: path).isEmpty }
            return isOne ? [] : ["\(path): none of anyOf fits \(value.text)"]
        }
        var found: [String] = []
        let types =
            schema["type"]?.arrayValue?.compactMap(\.stringValue) ?? [schema["type"]?.stringValue].compactMap { $0 }
        if !types.isEmpty, !types.contains(where: { Self.isOf($0, value) }) {
            return ["\(path): \(value.text) is not of \(types)"]
        }
        if let words = schema["enum"]?.arrayValue, !words.contains(value) {
            found.append("\(path): \(value.text) is not in the enum")
        }
        if let items = schema["items"], let array = value.arrayValue {
            for (index, element) in array.enumerated() {
                found += faults(of: element, by: items, at: "\(path)[\(index)]")
            }
        }
        if let object = value.objectValue { found += faults(of: object, by: schema, at: path) }
        return found
    }

    private func faults(of object: JSONObject, by schema: JSONValue, at path: String) -> [String] {
        var found: [String] = []
        for name in schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where object[name] == nil {
            found.append("\(path): \(name) is missing")
        }
        for (key, value) in object {
            if let known = schema["properties"]?[key] {
                found += faults(of: value, by: known, at: "\(path).\(key)")
            } else if let others = schema["additionalProperties"] {
                if others == false { found.append("\(path): \(key) is not described") }
                if others.objectValue != nil { found += faults(of: value, by: others, at: "\(path).\(key)") }
            }
        }
        return found
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .double),
            ("string", .string), ("array", .array), ("object", .object):
            true
        default: false
        }
    }
}
