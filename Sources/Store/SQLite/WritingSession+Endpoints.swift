import Deliveries
import Time

extension WritingSession {
    func register(_ names: [String]) throws(SQLiteError) -> [EndpointState] {
        for name in names {
            _ = try endpointNumber(name)
        }
        let states = try endpointStates()
        let byName = Dictionary(states.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return names.compactMap { byName[$0] }
    }

    func save(_ state: EndpointState) throws(SQLiteError) {
        try database.run(
            """
            UPDATE endpoints SET failures = ?2, failing_since = ?3, probe_at = ?4, paused = ?5, disabled_reason = ?6
            WHERE number = ?1
            """, state.number, state.breaker.failures, state.breaker.failingSince, state.breaker.probeAt,
            state.isPaused,
            state.disabledReason)
    }

    /// In the order in which they became known.
    func endpointStates() throws(SQLiteError) -> [EndpointState] {
        try writeTallies()
        var states: [EndpointState] = []
        try database.rows(
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
}
