package import Time

/// What a schedule keeps over restarts. As something to be saved it may be a part: what is nil, and chats that are not
/// named, stay as they were saved before.
package struct ScheduleMemory: Sendable, Equatable {
    /// Of the call budget.
    package struct Spending: Sendable, Equatable {
        /// Which month: a `CallMonth` begins then.
        package var monthStart: Timestamp
        /// Counted calls of that month.
        package var calls: Int
        /// The platform said that none are left.
        package var isRefused: Bool

        package init(monthStart: Timestamp, calls: Int, isRefused: Bool = false) {
            self.monthStart = monthStart
            self.calls = calls
            self.isRefused = isRefused
        }
    }

    package var spending: Spending?
    package var organization: LearnedOrganization?
    /// By chat id.
    package var rates: [String: LearnedRate]

    package init(
        spending: Spending? = nil, organization: LearnedOrganization? = nil, rates: [String: LearnedRate] = [:]
    ) {
        self.spending = spending
        self.organization = organization
        self.rates = rates
    }

    package var isEmpty: Bool { spending == nil && organization == nil && rates.isEmpty }

    /// Without what no schedule can go on from: no arithmetic that went wrong, and no damage, outlives a restart.
    package var sound: ScheduleMemory {
        ScheduleMemory(
            spending: spending, organization: organization.flatMap { $0.isSound ? $0 : nil },
            rates: rates.filter { $0.value.isSound })
    }
}

extension LearnedRate {
    /// Whether the figures can be those of a rate.
    package var isSound: Bool { changes.isCount && exposure.isCount }
}

extension LearnedOrganization {
    /// Whether the figures can be those of an organization.
    package var isSound: Bool {
        prior.logMedian.isFinite && prior.deviation.isFinite && prior.deviation > 0
            && hourChanges.count == hourExpected.count && hourChanges.allSatisfy(\.isCount)
            && hourExpected.allSatisfy(\.isCount)
    }
}

extension Double {
    fileprivate var isCount: Bool { isFinite && self >= 0 }
}
