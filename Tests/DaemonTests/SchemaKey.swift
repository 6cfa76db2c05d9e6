import JSON
import Testing

/// A key that a JSON Schema describes, and where it stands in a value.
struct SchemaKey {
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    /// Of the object that the key belongs to.
    let object: [Step]
    let name: String
    let schema: JSONValue
    let isRequired: Bool

    /// `endpoints[].retry.maxAge`
    var path: String {
        (object + [.key(name)]).reduce("") { text, step in
            switch step {
            case .key(let key): text.isEmpty ? key : "\(text).\(key)"
            case .index: "\(text)[]"
            }
        }
    }

    /// Every key that the schema gives to an object of the value, absent ones too.
    static func all(in value: JSONValue, by schema: JSONValue, at place: [Step] = []) -> [SchemaKey] {
        let schemas = [schema] + (schema["anyOf"]?.arrayValue ?? [])
        if let elements = value.arrayValue, let items = schemas.compactMap({ $0["items"] }).first {
            return elements.enumerated().flatMap { all(in: $1, by: items, at: place + [.index($0)]) }
        }
        guard value.objectValue != nil, let object = schemas.first(where: { $0["properties"] != nil }) else {
            return []
        }
        let required = Set(object["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        return (object["properties"]?.objectValue ?? [:]).flatMap { name, schema in
            let key = SchemaKey(object: place, name: name, schema: schema, isRequired: required.contains(name))
            return [key]
                + all(in: value[name] ?? .null, by: schema, at: [])
                .map { inner in
                    SchemaKey(
                        object: place + [.key(name)] + inner.object, name: inner.name, schema: inner.schema,
                        isRequired: inner.isRequired)
                }
        }
    }
}

extension JSONValue {
    /// With another value for a key of an object within; nil takes the key away.
    func setting(_ key: String, to new: JSONValue?, at place: some Collection<SchemaKey.Step>) -> JSONValue {
        switch place.first {
        case nil:
            var object = objectValue ?? [:]
            object[key] = new
            return .object(object)
        case .key(let step)?:
            var object = objectValue ?? [:]
            object[step] = object[step]?.setting(key, to: new, at: place.dropFirst())
            return .object(object)
        case .index(let index)?:
            var array = arrayValue ?? []
            array[index] = array[index].setting(key, to: new, at: place.dropFirst())
            return .array(array)
        }
    }

    func value(at place: [SchemaKey.Step]) -> JSONValue? {
        place.reduce(Optional(self)) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?[index]
            }
        }
    }
}
