import JSON
import Time

/// What the platform was asked so far. Control calls are not counted.
struct CallStatistics: Sendable {
    struct ChatCalls: Sendable {
        var calls = 0
        var last: Timestamp
    }

    private(set) var calls: [Route: Int] = [:]
    private(set) var unknownPaths = 0
    private(set) var chats: [String: ChatCalls] = [:]
    /// By effective code, faults included.
    private(set) var refusals: [Int64: Int] = [:]
    private(set) var faults = 0

    mutating func countUnknownPath() {
        unknownPaths += 1
    }

    mutating func count(_ route: Route, at now: Timestamp) {
        calls[route, default: 0] += 1
    }

    /// Only for chats that exist: made-up ids must not fill the memory.
    mutating func countChat(_ id: String, at now: Timestamp) {
        chats[id, default: ChatCalls(last: now)].calls += 1
        chats[id]?.last = now
    }

    mutating func countRefusal(_ refusal: Refusal) {
        refusals[refusal.code, default: 0] += 1
    }

    mutating func countFault() {
        faults += 1
    }

    var json: JSONObject {
        var byPath = JSONObject()
        for route in Route.allCases { byPath[route.rawValue] = .integer(Int64(calls[route] ?? 0)) }
        var byChat = JSONObject()
        for (id, chat) in chats.sorted(by: { $0.key < $1.key }) {
            byChat[id] = ["calls": .integer(Int64(chat.calls)), "last": .string(chat.last.description)]
        }
        var byCode = JSONObject()
        for (code, count) in refusals.sorted(by: { $0.key < $1.key }) { byCode[String(code)] = .integer(Int64(count)) }
        return [
            "calls": .object(byPath), "unknownPaths": .integer(Int64(unknownPaths)), "chats": .object(byChat),
            "refusals": .object(byCode), "faults": .integer(Int64(faults)),
        ]
    }
}
