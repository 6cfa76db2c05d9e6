import JSON

/// Something of the API with named members. JSON and schema both come of the one list of its fields, so that they cannot
/// disagree.
protocol Resource: Representable {
    /// By which the schema is referred to; no two resources share one.
    static var name: String { get }
    static var fields: [Field<Self>] { get }
}

extension Resource {
    var json: JSONValue {
        .object(JSONObject(Self.fields.map { ($0.name, $0.value(self)) }))
    }

    static var schema: Schema {
        Schema.object(fields.map { ($0.name, $0.schema) }, required: fields.map(\.name)).named(name)
    }
}

/// One member of a resource: always there, perhaps null.
struct Field<Root: Sendable>: Sendable {
    let name: String
    let schema: Schema
    let value: @Sendable (Root) -> JSONValue

    init<Value: Representable>(
        _ name: String, _ about: String? = nil, _ value: @escaping @Sendable (Root) -> Value
    ) {
        self.name = name
        schema = about.map { Value.schema.described($0) } ?? Value.schema
        self.value = { value($0).json }
    }

    /// A member of a shape that is given as such.
    init(_ name: String, schema: Schema, _ value: @escaping @Sendable (Root) -> JSONValue) {
        self.name = name
        self.schema = schema
        self.value = value
    }
}
