import JSON

/// One word of a closed set.
protocol Word: Representable, RawRepresentable<String>, CaseIterable {}

extension Word {
    var json: JSONValue { .string(rawValue) }
    static var schema: Schema { .words(allCases.map(\.rawValue)) }
}
