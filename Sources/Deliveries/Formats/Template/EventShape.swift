import Chats
import JSON
import Time

/// Which paths events have, and what stands there: taken from one event of every kind, so that it cannot fall behind them.
struct EventShape: Sendable {
    enum Kind: Sendable {
        case time, text, number, list, object, nothing
    }

    static let known = EventShape(of: samples)

    private var kinds: [[String]: Set<Kind>] = [:]

    /// The kinds of value that stand at the path; nil for one that no event has. An element of a list is a text.
    func kinds(at path: [String]) -> Set<Kind>? {
        if let kinds = kinds[path] { return kinds }
        guard let last = path.last, Int(last) != nil, kinds[Array(path.dropLast())]?.contains(.list) == true else {
            return nil
        }
        return [.text]
    }

    /// A known path that was probably meant: one that ends alike.
    func suggestion(for path: [String]) -> [String]? {
        (1...max(path.count, 1)).reversed().lazy.compactMap { length in
            let end = path.suffix(length)
            return self.kinds.keys.filter { $0.suffix(length) == end }.min {
                ($0.count, $0.joined()) < ($1.count, $1.joined())
            }
        }.first
    }

    private init(of events: [Event]) {
        for event in events {
            note(.object(event.json), at: [])
        }
    }

    private mutating func note(_ value: JSONValue, at path: [String]) {
        switch value {
        case .null: kinds[path, default: []].insert(.nothing)
        case .string(let text): kinds[path, default: []].insert(Timestamp(text: text) == nil ? .text : .time)
        case .bool, .integer, .double: kinds[path, default: []].insert(.number)
        case .array: kinds[path, default: []].insert(.list)
        case .object(let object):
            kinds[path, default: []].insert(.object)
            for (key, value) in object {
                note(value, at: path + [key])
            }
        }
    }

    private static var samples: [Event] {
        let refusal = Change.Refusal(code: 40016, message: "invalid chatid")
        let snapshot = Snapshot(
            settings: Dictionary(uniqueKeysWithValues: Setting.allCases.map { ($0, 1) }),
            labels: Dictionary(uniqueKeysWithValues: Label.allCases.map { ($0, "text") }),
            rosters: Dictionary(uniqueKeysWithValues: Roster.allCases.map { ($0, ["user1"]) }))
        let changes: [Change] = [
            .watched(snapshot), .setting(.status, from: 1, to: 2), .label(.name, from: "old", to: "new"),
            .added(.members, ["user1"], count: 1), .removed(.members, ["user1"], count: 1), .unreachable(refusal),
            .watchFailing(refusal, hint: "text"), .endpointFailing(endpoint: "name", reason: "text"),
        ]
        let time = Timestamp(seconds: 0)
        return changes.map {
            Event(
                $0, chat: Event.Chat(id: "chat1", name: "name", label: "label"), sequence: 1,
                observed: Event.Observed(after: time, by: time))
        }
    }
}
