import Deliveries
import Time

/// What stands behind the question mark. What is unknown, repeated or malformed is an error that names it: a filter that is
/// silently ignored shows too much.
struct Query: Sendable {
    static let defaultLimit = 100

    private var values: [String: String] = [:]

    init() {}

    init(_ text: Substring, allowing parameters: [QueryParameter]) throws(Problem) {
        for item in text.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentDecoding.query(parts[0]) else {
                throw .badRequest("\"\(parts[0])\" is no well-formed parameter name")
            }
            guard parameters.contains(where: { $0.name == name }) else {
                let known = parameters.map(\.name).joined(separator: ", ")
                let hint = parameters.isEmpty ? "there are none here" : "known here: \(known)"
                throw .badRequest("unknown parameter \"\(name)\"; \(hint)")
            }
            guard let value = PercentDecoding.query(parts.count == 2 ? parts[1] : ""), !value.isEmpty else {
                throw Self.malformed(name, "a value")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .badRequest("parameter \"\(name)\" is given twice")
            }
        }
    }

    var chat: String? { values["chat"] }

    var endpoint: String? { values["endpoint"] }

    func limit() throws(Problem) -> Int {
        guard let text = values["limit"] else { return Self.defaultLimit }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let limit = Int(text), (1...500).contains(limit)
        else { throw Self.malformed("limit", "a whole number from 1 to 500") }
        return limit
    }

    func since() throws(Problem) -> Timestamp? { try time("since") }

    func until() throws(Problem) -> Timestamp? { try time("until") }

    func type() throws(Problem) -> Filter.Pattern? {
        guard let text = values["type"] else { return nil }
        let pattern = Filter.Pattern(text)
        guard pattern.matchesSomething else {
            throw Self.malformed("type", "a type of event, or the front of some and a *, such as \"chat.members.*\"")
        }
        return pattern
    }

    func state<State: RawRepresentable<String> & CaseIterable>(_: State.Type) throws(Problem) -> State? {
        guard let text = values["state"] else { return nil }
        guard let state = State(rawValue: text) else {
            throw Self.malformed("state", "one of " + State.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return state
    }

    func cursor<Place>(_ read: (String) -> Place?) throws(Problem) -> Place? {
        guard let text = values["cursor"] else { return nil }
        guard let place = read(text) else { throw Self.malformed("cursor", "the \"next\" of a page of this list") }
        return place
    }

    private func time(_ name: String) throws(Problem) -> Timestamp? {
        guard let text = values[name] else { return nil }
        guard let time = Timestamp(text: text) else {
            throw Self.malformed(name, "a time such as 2026-11-23T06:40:41Z")
        }
        return time
    }

    private static func malformed(_ name: String, _ expectation: String) -> Problem {
        .badRequest("parameter \"\(name)\": expected \(expectation)")
    }
}
