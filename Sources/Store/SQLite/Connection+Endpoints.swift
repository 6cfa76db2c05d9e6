import Deliveries
import Time

extension Connection {
    /// In the order in which they became known.
    func endpointStates() throws(SQLiteError) -> [EndpointState] {
        var states: [EndpointState] = []
        try rows(
            """
            SELECT number, name, failures, failing_since, probe_at, paused, disabled_reason, pending, delivered, dead
            FROM endpoints ORDER BY number
            """
        ) { row in
            let breaker = Breaker(
                failures: Int(row.integer(2)),
                failingSince: row.optionalInteger(3).map(Timestamp.init(milliseconds:)),
                probeAt: row.optionalInteger(4).map(Timestamp.init(milliseconds:)))
            let counts = EndpointState.Counts(
                pending: Int(row.integer(7)), delivered: Int(row.integer(8)), dead: Int(row.integer(9)))
            states.append(
                EndpointState(
                    number: row.integer(0), name: row.text(1), breaker: breaker, isPaused: row.integer(5) != 0,
                    disabledReason: row.optionalText(6), counts: counts))
            return true
        }
        return states
    }

    /// The front of each endpoint's lanes.
    func oldestDue() throws(SQLiteError) -> [Int64: Timestamp] {
        var due: [Int64: Timestamp] = [:]
        try rows(
            """
            SELECT number, (SELECT due FROM lanes WHERE endpoint = number ORDER BY due LIMIT 1) AS due FROM endpoints
            WHERE due IS NOT NULL
            """
        ) { row in
            due[row.integer(0)] = Timestamp(milliseconds: row.integer(1))
            return true
        }
        return due
    }
}
