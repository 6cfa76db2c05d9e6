import Deliveries
import Time

extension WritingSession {
    /// Queues those of the named deliveries again that are finished. Returns how many.
    func replay(_ ids: [DeliveryID], at time: Timestamp) throws(SQLiteError) -> Int {
        var replayed = 0
        var waiting: [Int64: Set<Int64>] = [:]
        for id in ids {
            let row = try database.first(
                "SELECT event, lane, shard, state, attempts FROM finished WHERE endpoint = ?1 AND event = ?2",
                id.endpoint,
                id.event, read: FinishedRow.init)
            guard let row else { continue }
            if try requeue(row, endpoint: id.endpoint, at: time) {
                waiting[id.endpoint, default: []].insert(row.lane)
            }
            replayed += 1
        }
        for (endpoint, lanes) in waiting {
            try advanceLanes(lanes, endpoint: endpoint, at: time)
        }
        return replayed
    }

    /// Looks at the next `limit` finished deliveries of an endpoint and queues again those that match. `rest` are the events
    /// to go on with, nil at the end.
    func replay(
        endpoint: Int64, state: FinishedState, happened: Happened, in events: ClosedRange<Int64>, limit: Int,
        at time: Timestamp
    ) throws(SQLiteError) -> (replayed: Int, rest: ClosedRange<Int64>?) {
        var rows: [FinishedRow] = []
        var seen = 0
        var last = events.lowerBound
        let look = { (row: Row) in
            seen += 1
            last = row.integer(0)
            if let time = row.optionalInteger(5), happened.contains(time) { rows.append(FinishedRow(row)) }
            return true
        }
        switch state {
        case .dead:
            try database.rows(
                """
                SELECT event, lane, shard, state, attempts, (SELECT timestamp FROM events WHERE number = event)
                FROM finished INDEXED BY dead_deliveries
                WHERE endpoint = ?1 AND state = 1 AND event BETWEEN ?2 AND ?3 ORDER BY event LIMIT ?4
                """, endpoint, events.lowerBound, events.upperBound, limit, read: look)
        case .delivered:
            try database.rows(
                """
                SELECT event, lane, shard, state, attempts,
                    CASE state WHEN 0 THEN (SELECT timestamp FROM events WHERE number = event) END
                FROM finished WHERE endpoint = ?1 AND event BETWEEN ?2 AND ?3 ORDER BY event LIMIT ?4
                """, endpoint, events.lowerBound, events.upperBound, limit, read: look)
        }
        var waiting: Set<Int64> = []
        for row in rows where try requeue(row, endpoint: endpoint, at: time) {
            waiting.insert(row.lane)
        }
        try advanceLanes(waiting, endpoint: endpoint, at: time)
        return (rows.count, seen < limit ? nil : events.between(last, nil))
    }

    private struct FinishedRow {
        var event: Int64
        var lane: Int64
        var shard: Int64
        var state: FinishedState
        var attempts: Int64

        init(_ row: Row) {
            event = row.integer(0)
            lane = row.integer(1)
            shard = row.integer(2)
            state = FinishedState(rawValue: row.integer(3)) ?? .dead
            attempts = row.integer(4)
        }
    }

    /// Returns whether others were waiting in its lane, which may then be filed under a later time.
    private func requeue(_ row: FinishedRow, endpoint: Int64, at time: Timestamp) throws(SQLiteError) -> Bool {
        let lane = Lane(number: row.lane)
        let isWaiting = try hasPending(endpoint, lane)
        try database.run("DELETE FROM finished WHERE endpoint = ?1 AND event = ?2", endpoint, row.event)
        try database.run(
            """
            INSERT INTO pending (endpoint, lane, event, shard, queued_at, attempts, failures)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)
            """, endpoint, row.lane, row.event, row.shard, time, row.attempts)
        if !isWaiting {
            try file(endpoint, lane, due: time)
        }
        tally(endpoint) { tally in
            tally.pending += 1
            tally.count(row.state, -1)
            tally.record(at: time)
        }
        return isWaiting
    }

    private func advanceLanes(_ lanes: Set<Int64>, endpoint: Int64, at time: Timestamp) throws(SQLiteError) {
        guard !lanes.isEmpty else { return }
        _ = try expedite(endpoint: endpoint, at: time, behind: nil, limit: .max, only: lanes)
    }
}
