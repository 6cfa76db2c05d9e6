import Scheduling
package import Store
import Synchronization
import Time

extension Watcher {
    /// Something may have happened to a chat: it is polled as soon as a call is to be had. Many hints are one poll.
    /// Whether it is a chat that is watched.
    @discardableResult
    package func hint(_ id: String) -> Bool {
        let isKnown = state.withLock { state in
            state.hint(id, at: time.steady)
            return state.chats[id] != nil
        }
        alarm.ring()
        return isKnown
    }

    /// Polls a chat now, a dismissed one too, and waits for what that brings, but no longer than `limit`.
    package func pollNow(_ id: String, within limit: Duration) async -> PollAnswer {
        let ticket = PollTicket()
        let now = time.steady
        let refusal: PollAnswer? = state.withLock { state in
            guard state.chats[id] != nil else { return .unknownChat }
            if state.schedule.budget.isSpent { return .spent(until: state.schedule.budget.month.end) }
            state.ask(id, ticket: ticket, at: now)
            return nil
        }
        if let refusal { return refusal }
        alarm.ring()
        if let report = await ticket.report(by: now + limit, time) { return .polled(report) }
        return state.withLock { state in
            state.forget(ticket, of: id)
            return .queued(notBefore: state.heldUntil)
        }
    }

    /// Watches by another plan from now on. What is queued for chats that are gone still goes out.
    package func adopt(_ plan: WatchPlan) async throws(StoreError) {
        let hasNewChats = state.withLock { state in plan.chats.contains { state.chats[$0.id] == nil } }
        let known = hasNewChats ? try await WatchMemory(of: store) : WatchMemory()
        state.withLock { $0.adopt(plan, known: known, at: time.steady) }
        alarm.ring()
    }
}
