import Scheduling
import Time
import Watcher

/// How often each chat will be polled within the month's calls, as long as nothing is known of it but the configuration.
struct Forecast {
    private var schedule: IndexSchedule

    init(_ plan: WatchPlan, at now: Timestamp) {
        // Of a whole month, so that the answer does not depend on the day of asking.
        let start = CallMonth(containing: now).start
        schedule = IndexSchedule(
            limits: plan.policy.limits, budget: CallBudget(callsPerMonth: plan.policy.callsPerMonth, at: start),
            at: start, seed: 0)
        for chat in plan.chats { schedule.add(chat.id, chat.terms, at: start) }
        // The first decision spreads the calls over the month.
        _ = schedule.next(at: start)
    }

    /// `polled about every 1h 43m, a change is seen after 51m on average`
    func text(for chat: String) -> String {
        guard let outlook = schedule.outlook(of: chat) else { return "not watched" }
        return "polled about every \(outlook.interval.shortText), a change is seen after "
            + "\(outlook.delay.shortText) on average"
    }
}
