package import Time

/// What happened lately, in equal steps, oldest first. It is kept in memory: a restart begins anew.
package struct HistoryReport: Sendable, Equatable {
    package struct Point: Sendable, Equatable {
        /// The end of the step.
        package var at: Timestamp
        package var events = 0
        package var delivered = 0
        package var dead = 0
        package var attempts = 0
        /// In seconds, from the poll that saw a change to its verdict; nil when nothing ended.
        package var medianLatency: Double?
        /// Likewise, of the slowest hundredth.
        package var worstLatency: Double?
        /// What waited at the end of the step, by endpoint.
        package var pending: [String: Int] = [:]
        /// Nil without a budget.
        package var callsRemaining: Int?

        package init(at: Timestamp) {
            self.at = at
        }
    }

    package var step: Duration
    package var points: [Point]

    package init(step: Duration, points: [Point]) {
        self.step = step
        self.points = points
    }
}

extension HistoryReport.Point: Resource {
    static let name = "HistoryPoint"
    static let fields: [Field<Self>] = [
        Field("at", "The end of the step.") { $0.at },
        Field("events") { $0.events },
        Field("delivered") { $0.delivered },
        Field("dead") { $0.dead },
        Field("attempts") { $0.attempts },
        Field("latencyP50", "In seconds, from the poll that saw a change to its verdict.") { $0.medianLatency },
        Field("latencyP99") { $0.worstLatency },
        Field("pending", "What waited at the end of the step, by endpoint.") { $0.pending },
        Field("callsRemaining") { $0.callsRemaining },
    ]
}

extension HistoryReport: Resource {
    static let name = "History"
    static let fields: [Field<Self>] = [
        Field("step") { $0.step },
        Field("points", "Oldest first.") { $0.points },
    ]
}
