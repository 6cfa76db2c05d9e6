import JSON

/// What stands between `{{` and `}}`: where a value comes from and what is made of it.
struct Placeholder: Sendable, Equatable {
    enum Source: Sendable, Equatable {
        /// Member names from the event down; a number chooses an element of an array.
        case path([String])
        case constant(JSONValue)
    }

    var source: Source
    var filters: [TemplateFilter]

    /// `null` for what the event does not have.
    func value(in event: JSONValue) -> JSONValue {
        filters.reduce(start(in: event)) { $1.applied(to: $0) }
    }

    private func start(in event: JSONValue) -> JSONValue {
        switch source {
        case .constant(let value): value
        case .path(let names):
            names.reduce(event) { value, name in
                value[name] ?? Int(name).flatMap { value[$0] } ?? .null
            }
        }
    }
}
