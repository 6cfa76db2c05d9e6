import JSON

/// A call's parameters, wherever it put them: query, form body, JSON body. The query wins over the body, and the first of
/// several equal names over the later ones.
struct Parameters {
    private var values: [String: JSONValue] = [:]

    init(of call: Call) {
        add(form: call.query)
        guard !call.body.isEmpty else { return }
        if let object = (try? JSONParser.parse(call.body))?.objectValue {
            for (name, value) in object where values[name] == nil {
                values[name] = value
            }
        } else if !call.contentType.lowercased().hasPrefix("application/json") {
            add(form: String(decoding: call.body, as: UTF8.self))
        }
    }

    /// A parameter that is a text or a number; nil when it is missing or empty.
    func text(_ name: String) -> String? {
        switch values[name] {
        case .string(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// A parameter of any shape. A form carries a list as JSON text.
    subscript(name: String) -> JSONValue? {
        guard let value = values[name], value != .null else { return nil }
        if let text = value.stringValue, text.hasPrefix("["), let list = try? JSONParser.parse(Array(text.utf8)) {
            return list
        }
        return value
    }

    private mutating func add(form: String) {
        for pair in form.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = percentDecoded(parts[0])
            guard values[name] == nil else { continue }
            values[name] = .string(parts.count > 1 ? percentDecoded(parts[1]) : "")
        }
    }
}
