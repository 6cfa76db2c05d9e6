package import Chats
package import Scheduling
import Synchronization
package import Time

/// How the watch as a whole stands.
package struct WatchStanding: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case watching, failing, paused, held
    }

    package var state: State
    /// What the platform said when it failed.
    package var refusal: Change.Refusal?
    package var hint: String?
    /// No poll before this time.
    package var pausedUntil: Timestamp?
    package var lastSuccess: Timestamp?
    package var chats: ChatCounts
    package var budget: CallBudget
    /// Calls a day: as they were spent lately, or as the schedule plans to.
    package var callsPerDay: Double
    package var statistics: WatchStatistics
}

/// How one chat is watched.
package struct ChatStanding: Sendable, Equatable {
    package var chat: WatchPlan.Chat
    /// Nil for a chat that is polled no more.
    package var outlook: Outlook?
    package var seenAt: Timestamp?
    package var isDismissed: Bool
}

extension Watcher {
    /// Whether it polls, or would if it were not for a pause.
    package var isRunning: Bool { state.withLock { $0.isRunning && $0.failure == nil } }

    package var standing: WatchStanding {
        let isHeld = isHeld()
        let now = time.steady
        return state.withLock { state in
            let trouble = state.health.trouble
            let budget = state.schedule.budget
            let pausedUntil = budget.left == 0 ? budget.month.end : state.heldUntil.flatMap { $0 > now ? $0 : nil }
            return WatchStanding(
                state: isHeld ? .held : trouble != nil ? .failing : pausedUntil != nil ? .paused : .watching,
                refusal: trouble?.refusal, hint: trouble?.hint, pausedUntil: pausedUntil,
                lastSuccess: state.lastSuccess, chats: state.counts, budget: budget,
                callsPerDay: state.pace.callsPerDay(used: budget.used, at: now) ?? state.schedule.callsPerDay,
                statistics: state.statistics)
        }
    }

    /// Chats in the order of their ids, behind `id`.
    package func chats(after id: String?, limit: Int) -> [ChatStanding] {
        state.withLock { state in
            let start = id.map { state.ids.partitioningIndex(behind: $0) } ?? 0
            return state.ids[start...].prefix(max(limit, 0)).compactMap { state.standing(of: $0) }
        }
    }

    /// By its id or its label.
    package func chat(_ name: String) -> ChatStanding? {
        state.withLock { state in
            state.standing(of: name)
                ?? state.chats.first { $0.value.plan.label == name }.flatMap { state.standing(of: $0.key) }
        }
    }
}

extension WatchState {
    fileprivate func standing(of id: String) -> ChatStanding? {
        guard let chat = chats[id] else { return nil }
        return ChatStanding(
            chat: chat.plan, outlook: schedule.outlook(of: id), seenAt: chat.seenAt, isDismissed: chat.isDismissed)
    }
}

extension [String] {
    /// Of a sorted array: where what is greater begins.
    fileprivate func partitioningIndex(behind element: String) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let isBehind = element.utf8.lexicographicallyPrecedes(self[middle].utf8)
            if isBehind { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
