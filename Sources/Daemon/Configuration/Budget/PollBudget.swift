import Time

/// What the intervals ask for, compared with the calls there are.
struct PollBudget: Sendable {
    private let fixed: [PollGroup]
    private let others: Int
    private let limits: [CallLimit]

    init(chats: [ChatSettings], limits: [CallLimit]) {
        fixed = PollGroup.fixed(among: chats)
        others = chats.count { $0.interval == nil }
        self.limits = limits
    }

    /// A sentence for each limit that the fixed intervals together exceed.
    var impossibleIntervals: [String] {
        limits.compactMap { limit in
            let demand = limit.demand(of: fixed)
            guard demand > limit.calls else { return nil }
            return "\(fixedChats) with \(limit.words(for: limit.calls)): that takes \(CallLimit.text(demand))"
        }
    }

    /// A sentence for each limit within which the chats without a fixed interval cannot all be polled this often.
    func unkeptPromises(ofInterval interval: Duration) -> [String] {
        let group = PollGroup(chats: others, interval: interval)
        return limits.compactMap { limit in
            let taken = limit.demand(of: fixed)
            let demand = limit.demand(of: [group])
            guard demand + taken > limit.calls,
                let shortest = limit.shortestInterval(for: others, beside: taken)
            else { return nil }
            let left = limit.words(for: limit.calls - taken) + (taken > 0 ? " that fixed intervals leave" : "")
            return
                "\(Self.count(others)) cannot be polled \(group.frequency) with \(taken > 0 ? "the " : "")\(left): that takes \(CallLimit.text(demand)); \(shortest.text) can be kept"
        }
    }

    private var fixedChats: String {
        let count = Self.count(fixed.reduce(0) { $0 + $1.chats })
        guard fixed.count > 1 else { return "\(count) cannot be polled \(fixed.first?.frequency ?? "")" }
        let shown = 3
        var parts = fixed.prefix(shown).map { "\($0.chats.grouped) \($0.frequency)" }
        let rest = fixed.dropFirst(shown).reduce(0) { $0 + $1.chats }
        if rest > 0 { parts.append("\(rest.grouped) less often") }
        return "\(count) cannot be polled at their intervals (\(parts.joined(separator: ", ")))"
    }

    private static func count(_ chats: Int) -> String {
        "\(chats.grouped) \(chats == 1 ? "chat" : "chats")"
    }
}
