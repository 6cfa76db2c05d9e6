import Deliveries
import Time

extension WritingSession {
    /// Removes the next `limit` deliveries of an endpoint with what belongs to them: those that wait, then the finished ones.
    /// When there are none any more, removes the endpoint. Returns how many pending ones went, and whether it was the end.
    func drop(endpoint name: String, limit: Int) throws(SQLiteError) -> (pending: Int, isEnd: Bool) {
        // Looked up at every step: in between another may have dropped it, and its number may have been given away.
        guard let endpoint = try knownEndpointNumber(name) else { return (0, true) }
        let pending = try dropPending(endpoint, limit: limit)
        if pending > 0 { return (pending, false) }
        if try dropFinished(endpoint, limit: limit) > 0 { return (0, false) }
        try database.run("DELETE FROM endpoints WHERE number = ?1", endpoint)
        forget(endpoint: endpoint)
        return (0, true)
    }

    /// Lane after lane, so that at every moment the lanes are those in which something waits.
    private func dropPending(_ endpoint: Int64, limit: Int) throws(SQLiteError) -> Int {
        var dropped = 0
        while dropped < limit, let filed = try firstLane(endpoint) {
            let lane = Lane(number: filed.lane)
            var events: [Int64] = []
            try database.rows(
                "SELECT event FROM pending WHERE endpoint = ?1 AND lane = ?2 ORDER BY event LIMIT ?3", endpoint,
                lane.number, limit - dropped
            ) { row in
                events.append(row.integer(0))
                return true
            }
            for event in events {
                try database.run(
                    "DELETE FROM pending WHERE endpoint = ?1 AND lane = ?2 AND event = ?3", endpoint, lane.number, event
                )
                try dropTries(endpoint, event)
            }
            dropped += events.count
            if try !hasPending(endpoint, lane) { try unfile(endpoint, lane, due: filed.due) }
        }
        tally(endpoint) { $0.pending -= dropped }
        return dropped
    }

    private func firstLane(_ endpoint: Int64) throws(SQLiteError) -> FiledLane? {
        try database.first(
            "SELECT due, lane FROM lanes WHERE endpoint = ?1 ORDER BY due, lane LIMIT 1", endpoint
        ) { FiledLane(due: Timestamp(milliseconds: $0.integer(0)), lane: $0.integer(1)) }
    }

    private func dropFinished(_ endpoint: Int64, limit: Int) throws(SQLiteError) -> Int {
        var rows: [(event: Int64, state: FinishedState)] = []
        try database.rows(
            "SELECT event, state FROM finished WHERE endpoint = ?1 ORDER BY event LIMIT ?2", endpoint, limit
        ) { row in
            rows.append((row.integer(0), FinishedState(rawValue: row.integer(1)) ?? .dead))
            return true
        }
        for (event, state) in rows {
            try database.run("DELETE FROM finished WHERE endpoint = ?1 AND event = ?2", endpoint, event)
            try dropTries(endpoint, event)
            tally(endpoint) { $0.count(state, -1) }
        }
        return rows.count
    }

    private func dropTries(_ endpoint: Int64, _ event: Int64) throws(SQLiteError) {
        try database.run("DELETE FROM attempts WHERE endpoint = ?1 AND event = ?2", endpoint, event)
        try database.run("DELETE FROM open_attempts WHERE endpoint = ?1 AND event = ?2", endpoint, event)
    }
}
