import JSON
import Time

/// What the API shows: it knows its JSON, and what all of its kind look like.
protocol Representable: Sendable {
    var json: JSONValue { get }
    static var schema: Schema { get }
}

extension String: Representable {
    var json: JSONValue { .string(self) }
    static var schema: Schema { .string }
}

extension Int: Representable {
    var json: JSONValue { .integer(Int64(self)) }
    static var schema: Schema { .integer }
}

extension Double: Representable {
    /// A whole number is written as one: `1`, not `1.0`.
    var json: JSONValue { Int64(exactly: self).map { .integer($0) } ?? .double(self) }
    static var schema: Schema { .number }
}

extension Bool: Representable {
    var json: JSONValue { .bool(self) }
    static var schema: Schema { .boolean }
}

extension Timestamp: Representable {
    var json: JSONValue { .string(description) }
    static var schema: Schema { .time }
}

extension Duration: Representable {
    /// As the configuration writes it: `8m38s`.
    var json: JSONValue { .string(text) }
    static var schema: Schema { Schema(["type": "string", "examples": ["8m38s"]]) }
}

extension Optional: Representable where Wrapped: Representable {
    var json: JSONValue { map(\.json) ?? .null }
    static var schema: Schema { Wrapped.schema.orNull }
}

extension Array: Representable where Element: Representable {
    var json: JSONValue { .array(map(\.json)) }
    static var schema: Schema { .array(of: Element.schema) }
}

extension Dictionary: Representable where Key == String, Value: Representable {
    /// Sorted, for a dictionary has another order each time.
    var json: JSONValue {
        .object(JSONObject(sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
    static var schema: Schema { .map(of: Value.schema) }
}
