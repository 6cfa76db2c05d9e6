package import Deliveries
package import Scheduling

/// What the operator wants watched, how, and who hears of it. Replaced as a whole by a reload.
package struct WatchPlan: Sendable {
    package struct Chat: Sendable, Equatable {
        package var id: String
        package var label: String?
        package var terms: PollTerms

        package init(id: String, label: String? = nil, terms: PollTerms = PollTerms()) {
            self.id = id
            self.label = label
            self.terms = terms
        }
    }

    /// What holds for all chats.
    package struct Policy: Sendable {
        package var limits: IndexSchedule.Limits
        /// Nil is no budget.
        package var callsPerMonth: Int?
        package var subscriptions: Subscriptions

        package init(limits: IndexSchedule.Limits, callsPerMonth: Int?, subscriptions: Subscriptions) {
            self.limits = limits
            self.callsPerMonth = callsPerMonth
            self.subscriptions = subscriptions
        }
    }

    /// Each once.
    package var chats: [Chat]
    package var policy: Policy

    package init(chats: [Chat], policy: Policy) {
        self.chats = chats
        self.policy = policy
    }
}
