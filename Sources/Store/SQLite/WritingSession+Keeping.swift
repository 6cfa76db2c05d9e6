import Deliveries
import Time

extension WritingSession {
    /// Ends the tries that are open, as `.unknown`: whoever sent them is no more.
    func recover(at time: Timestamp) throws(SQLiteError) -> Recovery {
        let newest = try newestTimestamp()
        var open: [(endpoint: Int64, event: Int64, attempt: Attempt)] = []
        try database.rows("SELECT endpoint, event, number, started_at FROM open_attempts") { row in
            let attempt = Attempt(
                number: Int(row.integer(2)), startedAt: Timestamp(milliseconds: row.integer(3)), duration: .zero,
                result: .unknown, status: nil, rule: "belfry ended before the answer came", response: [])
            open.append((row.integer(0), row.integer(1), attempt))
            return true
        }
        for entry in open {
            _ = try insert(entry.attempt, endpoint: entry.endpoint, event: entry.event)
            try database.run(
                """
                UPDATE pending SET attempts = max(attempts, ?3)
                WHERE endpoint = ?1 AND lane IN ((SELECT chat FROM events WHERE number = ?2), ?2 + 1099511627776)
                AND event = ?2
                """, entry.endpoint, entry.event, entry.attempt.number)
        }
        try database.run("DELETE FROM open_attempts")
        let pending = try endpointStates().reduce(0) { $0 + $1.counts.pending }
        return Recovery(openAttempts: open.count, pendingDeliveries: pending, newestTimestamp: newest)
    }

    /// Of what is kept; no due times, which lie ahead.
    private func newestTimestamp() throws(SQLiteError) -> Timestamp? {
        try database.first(
            """
            SELECT max(time) FROM (
                SELECT timestamp AS time FROM events WHERE number = (SELECT max(number) FROM events)
                UNION ALL SELECT max(seen_at) FROM chats
                UNION ALL SELECT max(recorded_at) FROM endpoints
                UNION ALL SELECT max(started_at) FROM open_attempts)
            """
        ) { $0.optionalInteger(0).map(Timestamp.init(milliseconds:)) } ?? nil
    }

    /// Removes the named events and what belongs to them, except those that are pending by now. Returns how many went.
    func prune(_ events: [Int64]) throws(SQLiteError) -> Int {
        let endpoints = try endpointStates()
        let busy = endpoints.filter { $0.counts.pending > 0 }.map(\.number)
        var pruned = 0
        for event in events {
            guard try !database.isPending(event, atAnyOf: busy) else { continue }
            for endpoint in endpoints {
                try pruneDelivery(of: event, endpoint: endpoint.number)
            }
            pruned += try database.run("DELETE FROM events WHERE number = ?1", event)
        }
        try pruneSpans()
        return pruned
    }

    /// Of the blocks in front of all events.
    private func pruneSpans() throws(SQLiteError) {
        try database.run(
            "DELETE FROM event_spans WHERE block < (SELECT min(number) FROM events) / ?1", Schema.eventBlock)
    }

    private func pruneDelivery(of event: Int64, endpoint: Int64) throws(SQLiteError) {
        let state = try database.first(
            "SELECT state FROM finished WHERE endpoint = ?1 AND event = ?2", endpoint, event
        ) { FinishedState(rawValue: $0.integer(0)) ?? .dead }
        guard let state else { return }
        try database.run("DELETE FROM finished WHERE endpoint = ?1 AND event = ?2", endpoint, event)
        try database.run("DELETE FROM attempts WHERE endpoint = ?1 AND event = ?2", endpoint, event)
        try database.run("DELETE FROM open_attempts WHERE endpoint = ?1 AND event = ?2", endpoint, event)
        tally(endpoint) { $0.count(state, -1) }
    }

    func size() throws(SQLiteError) -> Int {
        let pages = try pragma("PRAGMA page_count") - pragma("PRAGMA freelist_count")
        return Int(pages * (try pragma("PRAGMA page_size")))
    }

    private func pragma(_ sql: StaticString) throws(SQLiteError) -> Int64 {
        try database.first(sql) { $0.integer(0) } ?? 0
    }
}

extension Connection {
    /// A delivery's lane is its event's chat or its event itself; nothing else need be looked at.
    func isPending(_ event: Int64, atAnyOf endpoints: [Int64]) throws(SQLiteError) -> Bool {
        guard !endpoints.isEmpty else { return false }
        let chat = try first("SELECT chat FROM events WHERE number = ?1", event) { $0.integer(0) }
        guard let chat else { return false }
        for endpoint in endpoints
        where try exists(
            "SELECT 1 FROM pending WHERE endpoint = ?1 AND lane IN (?2, ?3) AND event = ?4", endpoint, chat,
            Lane.behindChats + event, event)
        {
            return true
        }
        return false
    }
}
