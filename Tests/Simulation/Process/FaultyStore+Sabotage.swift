import Chats
import Deliveries
import Store

/// The store's broken promises.
extension FaultyStore {
    /// Nil for one that is forgotten.
    func sabotaged(_ advance: Advance) -> Advance? {
        if world.breaks(.lostCommit, 300) { return nil }
        var advance = advance
        if !advance.events.isEmpty, advance.state.sequence > 1, world.breaks(.silentSnapshot, 300) {
            advance.events = []
        }
        if world.breaks(.driftingSnapshot) {
            let members = advance.state.snapshot?[.members] ?? []
            advance.state.snapshot?[.members] = members + ["ghost"]
        }
        return advance
    }

    func sabotaged(_ subscriptions: Subscriptions) -> Subscriptions {
        world.breaks(.lostDelivery, 200) ? Subscriptions(Array(world.endpoints.dropFirst())) : subscriptions
    }

    func sabotaged(_ claim: Claim) -> Claim {
        var claim = claim
        if world.sabotage == .stuckLane {
            claim.lanes.removeAll { $0.deliveries.contains { $0.failures > 0 } && world.breaks(.stuckLane, 1000) }
        }
        guard world.sabotage == .changedCopy else { return claim }
        for lane in claim.lanes.indices {
            for index in claim.lanes[lane].deliveries.indices where claim.lanes[lane].deliveries[index].attempts > 0 {
                guard world.breaks(.changedCopy) else { continue }
                claim.lanes[lane].deliveries[index].event.body.insert(0x20, at: 0)
            }
        }
        return claim
    }

    func sabotaged(_ entry: LedgerEntry) -> LedgerEntry {
        var entry = entry
        if !entry.starts.isEmpty, world.breaks(.unrecordedTry, 300) { entry.starts = [] }
        if !entry.outcomes.isEmpty, world.breaks(.forgottenVerdict, 300) { entry.outcomes = [] }
        return entry
    }
}
