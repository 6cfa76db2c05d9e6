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
            "belfry \(status.cell("version")), \(status.cell("health", "state")), up since \(status.timeCell("startedAt")) UTC"
        ]
        return (lines + reasons + [watch, budget, queue, endpoints, store].map { "  \($0)" }).joined(separator: "\n")
    }

    private var watch: String {
        let chats = status["watch"]?["chats"] ?? .null
        let states = ["new", "unreachable", "dismissed"].filter { (chats[$0]?.integerValue ?? 0) > 0 }
            .map { ", \(chats.cell($0)) \($0)" }.joined()
        let polls = status["watch"]?["polls"] ?? .null
        return "watch      \(status.cell("watch", "state")): \(chats.cell("watched")) chats\(states); "
            + "since the start \(polls.cell("total")) polls, \(polls.cell("failed")) failed, "
            + "\(polls.cell("events")) events; last success \(status["watch"]?.distanceCell("lastPollSuccess") ?? "-")"
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
        let due = queue["oldestDueAt"]?.stringValue == nil ? "" : ", the first due \(queue.distanceCell("oldestDueAt"))"
        return "queue      \(queue.cell("pending")) pending\(due); "
            + "kept: \(queue.cell("delivered")) delivered, \(queue.cell("dead")) dead"
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
        return "store      \(store.cell("path")), \(size(store["bytes"])) of \(size(store["maxBytes"]))"
    }

    /// As the configuration writes sizes, with a digit behind the point.
    private func size(_ bytes: JSONValue?) -> String {
        guard let bytes = bytes?.integerValue else { return "-" }
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var (value, unit) = (Double(bytes), 0)
        while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 || unit == 0
            ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
