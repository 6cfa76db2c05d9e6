import Deliveries

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

    func endpointStates() throws(SQLiteError) -> [EndpointState] {
        try writeTallies()
        return try database.endpointStates()
    }
}
