import JSON
import Time

/// Reads the members of a request's body; what is unknown, missing or malformed is an error that names it.
struct BodyMembers: Sendable {
    private let object: JSONObject

    init(_ object: JSONObject) {
        self.object = object
    }

    func allow(_ names: String...) throws(Problem) {
        guard let unknown = object.keys.first(where: { !names.contains($0) }) else { return }
        throw .badRequest("unknown member \"\(unknown)\"; known here: \(names.joined(separator: ", "))")
    }

    /// A text that is not empty.
    func text(_ name: String) throws(Problem) -> String {
        guard let text = object[name]?.stringValue, !text.isEmpty else {
            throw malformed(name, "a text that is not empty")
        }
        return text
    }

    /// Nil when it is left out, or null.
    func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let time = value.stringValue.flatMap(Timestamp.init(text:)) else {
            throw malformed(name, "a time such as \"2026-11-23T06:40:41Z\"")
        }
        return time
    }

    func malformed(_ name: String, _ expectation: String) -> Problem {
        .badRequest("member \"\(name)\": expected \(expectation)")
    }
}
