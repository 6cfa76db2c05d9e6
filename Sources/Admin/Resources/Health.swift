import Deliveries
import Store
import Time

/// The verdict that somebody wants at three in the morning, and what it rests on.
struct Health: Sendable, Equatable {
    enum State: String, Sendable, CaseIterable {
        case ok
        /// It works, and somebody should look.
        case warning
        /// Changes are not seen, or events do not get out.
        case failing
    }

    /// An endpoint that has accepted nothing for so long, and more than once, is worth a look, although its breaker is closed.
    private static let patience: Duration = .seconds(60)

    private(set) var state = State.ok
    /// The gravest first.
    private(set) var reasons: [String] = []

    /// What concerns the watch comes before what concerns one endpoint.
    init(
        watch: WatchReport, budget: BudgetReport, endpoints: [EndpointResource], storeBytes: Int, storeLimit: Int,
        now: Timestamp
    ) {
        var found: [(state: State, reason: String)] = []
        found += Self.troubles(of: watch)
        found += Self.troubles(of: endpoints, at: now)
        if storeLimit > 0, storeBytes >= storeLimit / 10 * 9 {
            let percent = Int(100 * (Double(storeBytes) / Double(storeLimit)))
            found.append(
                storeBytes >= storeLimit
                    ? (.failing, "the store is over storage.maxSize") : (.warning, "the store is \(percent) % full"))
        }
        if let spentBy = budget.spentBy, spentBy < budget.monthEnd, budget.remaining != 0 {
            found.append((.warning, "at this pace the month's calls are spent by \(spentBy)"))
        }
        let grave = found.filter { $0.state == .failing }
        reasons = (grave + found.filter { $0.state != .failing }).map(\.reason)
        state = !grave.isEmpty ? .failing : found.isEmpty ? .ok : .warning
    }

    private static func troubles(of watch: WatchReport) -> [(State, String)] {
        var found: [(State, String)] = []
        let reason = watch.reason.map { ": \($0)" } ?? ""
        switch watch.state {
        case .watching: break
        case .failing: found.append((.failing, "the watch fails\(reason)"))
        case .held: found.append((.failing, "the watch is held\(reason)"))
        case .paused:
            let end = watch.pausedUntil.map { " until \($0)" } ?? ""
            found.append((.warning, "the watch pauses\(end)\(reason)"))
        }
        if let reload = watch.lastReload, !reload.succeeded {
            found.append((.warning, "the last reload failed: \(reload.detail)"))
        }
        if watch.chats.unreachable > 0 {
            let count = watch.chats.unreachable
            found.append((.warning, "\(count) \(count == 1 ? "chat is" : "chats are") unreachable"))
        }
        return found
    }

    private static func troubles(of endpoints: [EndpointResource], at now: Timestamp) -> [(State, String)] {
        endpoints.filter(\.isConfigured).compactMap { endpoint in
            let reason = endpoint.reason.map { ": \($0)" } ?? ""
            switch endpoint.state.condition {
            case .active:
                guard endpoint.state.counts.pending > 0, endpoint.state.breaker.failures > 1,
                    let since = endpoint.state.breaker.failingSince, now - since >= patience
                else { return nil }
                return (
                    .warning,
                    "endpoint \"\(endpoint.state.name)\" has accepted nothing for \((now - since).shortText)\(reason)"
                )
            case .disabled: return (.failing, "endpoint \"\(endpoint.state.name)\" is disabled\(reason)")
            case .failing: return (.warning, "endpoint \"\(endpoint.state.name)\" fails\(reason)")
            // A pause that nobody waits behind is nobody's worry.
            case .paused where endpoint.state.counts.pending == 0: return nil
            case .paused: return (.warning, "endpoint \"\(endpoint.state.name)\" is paused")
            }
        }
    }
}

extension Health.State: Word {}

extension Health: Resource {
    static let name = "Health"
    static let fields: [Field<Self>] = [
        Field("state") { $0.state },
        Field("reasons", "The gravest first.") { $0.reasons },
    ]
}
