import JSON
import Time

/// What can be made of a value: `{{ data.change.added | join ", " }}`.
enum TemplateFilter: Sendable, Equatable {
    /// Takes the place of what is missing or empty.
    case `default`(JSONValue)
    /// The elements of an array as one text.
    case join(String)
    /// Elements of an array, members of an object, characters of a text; nothing counts 0.
    case count
    /// A point in time in another form.
    case date(DateForm)

    func applied(to value: JSONValue) -> JSONValue {
        switch self {
        case .default(let other): Self.isEmpty(value) ? other : value
        case .join(let separator):
            .string((value.arrayValue ?? [value]).map(\.templateText).joined(separator: separator))
        case .count: .integer(Int64(Self.count(value)))
        case .date(let form): value.stringValue.flatMap(Timestamp.init(text:)).map(form.value) ?? .null
        }
    }

    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .bool, .integer, .double, .object: false
        }
    }

    private static func count(_ value: JSONValue) -> Int {
        switch value {
        case .null: 0
        case .string(let text): text.count
        case .array(let elements): elements.count
        case .object(let object): object.count
        case .bool, .integer, .double: 1
        }
    }
}

extension JSONValue {
    /// As a part of a text: strings as they are, nothing for `null`, anything else as compact JSON.
    var templateText: String {
        switch self {
        case .string(let text): text
        case .null: ""
        case .bool, .integer, .double, .array, .object: text
        }
    }
}
