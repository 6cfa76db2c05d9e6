import Chats
import JSON

/// A parameter that a list takes behind the question mark.
struct QueryParameter: Sendable {
    let name: String
    let about: String
    let schema: Schema

    static let limit = QueryParameter(
        name: "limit", about: "How many to show at most.",
        schema: Schema(["type": "integer", "minimum": 1, "maximum": 500, "default": 100]))
    static let chat = QueryParameter(
        name: "chat", about: "Only what concerns this chat, by its id or label.",
        schema: Schema(["type": "string", "minLength": 1]))
    static let endpoint = QueryParameter(
        name: "endpoint", about: "Only what concerns the endpoint of this name.",
        schema: Schema(["type": "string", "minLength": 1]))
    static let since = QueryParameter(
        name: "since", about: "Only what belongs to an event at this time or later.", schema: .time)
    static let until = QueryParameter(
        name: "until", about: "Only what belongs to an event before this time.", schema: .time)
    static let type = QueryParameter(
        name: "type", about: "Only events of this type, or of all that begin so.", schema: .words(patterns))

    static func cursor(_ pattern: String) -> QueryParameter {
        QueryParameter(
            name: "cursor", about: "The `next` of the page before; opaque.", schema: .text(matching: pattern))
    }

    static func state<State: RawRepresentable<String> & CaseIterable>(_: State.Type) -> QueryParameter {
        QueryParameter(
            name: "state", about: "Only those in this state.", schema: .words(State.allCases.map(\.rawValue)))
    }

    /// Every type, and every front of one that ends with a dot. Other fronts are understood too, but these read well.
    private static let patterns: [String] = {
        let types = EventType.allCases.map(\.rawValue)
        var fronts: [String] = ["*"]
        for type in types {
            let parts = type.split(separator: ".")
            for count in 1..<max(parts.count, 1) {
                let front = parts.prefix(count).joined(separator: ".") + ".*"
                if !fronts.contains(front) { fronts.append(front) }
            }
        }
        return types + fronts
    }()
}
