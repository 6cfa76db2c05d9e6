package import Time

/// How far the month's calls go.
package struct BudgetReport: Sendable, Equatable {
    /// Nil: no limit.
    package var callsPerMonth: Int?
    package var used: Int
    package var monthStart: Timestamp
    package var monthEnd: Timestamp
    /// When they will be spent at the present pace; nil when they last.
    package var spentBy: Timestamp?
    /// The present pace.
    package var callsPerDay: Double

    package init(
        callsPerMonth: Int?, used: Int, monthStart: Timestamp, monthEnd: Timestamp, spentBy: Timestamp? = nil,
        callsPerDay: Double
    ) {
        self.callsPerMonth = callsPerMonth
        self.used = used
        self.monthStart = monthStart
        self.monthEnd = monthEnd
        self.spentBy = spentBy
        self.callsPerDay = callsPerDay
    }

    /// Nil without a limit.
    package var remaining: Int? { callsPerMonth.map { max($0 - used, 0) } }
}

extension BudgetReport: Resource {
    static let name = "Budget"
    static let fields: [Field<Self>] = [
        Field("callsPerMonth", "Null: no limit.") { $0.callsPerMonth },
        Field("used") { $0.used },
        Field("remaining") { $0.remaining },
        Field("monthStart") { $0.monthStart },
        Field("monthEnd") { $0.monthEnd },
        Field("spentBy", "When they will be spent at the present pace; null when they last.") { $0.spentBy },
        Field("callsPerDay", "The present pace.") { $0.callsPerDay },
    ]
}
