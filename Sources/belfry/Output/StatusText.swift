import JSON
import Time

/// The daemon's status for people.
struct StatusText {
    private let status: JSONValue

    init(_ status: JSONValue) {
        self.status = status
    }

    var text: String {
        let reasons = (status["health"]?["reasons"]?.arrayValue ?? []).compactMap(\.stringValue).map { "  ! \($0)" }
        let lines = [
            "belfry \(status.cell("version")), \(status.cell("health", "state")), up since \(status.timeCell("startedAt"))"
        ]
        return (lines + reasons + [watch, budget, queue, endpoints, store].map { "  \($0)" }).joined(separator: "\n")
    }

    private var watch: String {
        let chats = status["watch"]?["chats"] ?? .null
        let states = ["new", "unreachable", "dismissed"].filter { (chats[$0]?.integerValue ?? 0) > 0 }
            .map { ", \(chats.cell($0)) \($0)" }.joined()
        let polls = status["watch"]?["polls"] ?? .null
        return "watch      \(status.cell("watch", "state")): \(chats.cell("watched")) chats\(states); "
            + "\(polls.cell("total")) polls, \(polls.cell("failed")) failed, \(polls.cell("events")) events; "
            + "last success \(status["watch"]?.distanceCell("lastPollSuccess") ?? "-")"
    }

    private var budget: String {
        let budget = status["budget"] ?? .null
        guard budget["callsPerMonth"]?.integerValue != nil else {
            return "calls      \(budget.cell("used")) this month, no budget"
        }
        let end = budget["spentBy"]?.stringValue == nil ? "lasts the month" : "spent \(budget.distanceCell("spentBy"))"
        return "calls      \(budget.cell("remaining")) of \(budget.cell("callsPerMonth")) left until "
            + "\(budget.timeCell("monthEnd")), \(end)"
    }

    private var queue: String {
        let queue = status["queue"] ?? .null
        return "queue      \(queue.cell("pending")) pending, oldest due \(queue.distanceCell("oldestDueAt")); "
            + "\(queue.cell("delivered")) delivered, \(queue.cell("dead")) dead"
    }

    private var endpoints: String {
        let counts = ["active", "failing", "paused", "disabled"].compactMap { state in
            let count = status["endpoints"]?[state]?.integerValue ?? 0
            return count > 0 ? "\(count) \(state)" : nil
        }
        return "endpoints  \(counts.isEmpty ? "none" : counts.joined(separator: ", "))"
    }

    private var store: String {
        let store = status["store"] ?? .null
        return "store      \(store.cell("path")), \(store.cell("bytes")) of \(store.cell("maxBytes")) bytes"
    }
}
