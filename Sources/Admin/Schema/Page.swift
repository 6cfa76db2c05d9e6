import JSON

/// A part of a list, and how to ask for the next.
struct Page<Element: Representable>: Representable {
    var data: [Element]
    /// Nil at the end.
    var next: Cursor?

    var json: JSONValue {
        ["data": data.json, "next": next.map { .string($0.text) } ?? .null]
    }

    static var schema: Schema {
        .object([("data", .array(of: Element.schema)), ("next", .string.orNull)], required: ["data", "next"])
    }
}
