import Deliveries
import Time

extension WritingSession {
    /// Outcomes first: a lane's next try may start in the entry that ends its last.
    func record(_ entry: LedgerEntry) throws(SQLiteError) {
        for outcome in entry.outcomes {
            try record(outcome)
        }
        for start in entry.starts {
            try record(start)
        }
    }

    /// Does nothing for a try that is recorded already, or a delivery that is no longer pending.
    private func record(_ start: LedgerEntry.Start) throws(SQLiteError) {
        let key = start.delivery
        try database.run(
            """
            INSERT OR IGNORE INTO open_attempts (endpoint, event, number, started_at) SELECT ?1, ?3, ?4, ?5
            WHERE EXISTS (SELECT 1 FROM pending WHERE endpoint = ?1 AND lane = ?2 AND event = ?3 AND attempts < ?4)
            """, key.endpoint, key.lane.number, key.event, start.number, start.at)
        tally(key.endpoint) { $0.record(at: start.at) }
    }

    private func record(_ outcome: LedgerEntry.Outcome) throws(SQLiteError) {
        let key = outcome.delivery
        guard var row = try pendingRow(key) else { return }
        if let attempt = outcome.attempt {
            guard try end(attempt, of: key) else { return }
            row.attempts = max(row.attempts, Int64(attempt.number))
        } else {
            row.attempts = max(row.attempts, try newestOpenAttempt(endpoint: key.endpoint, event: key.event))
        }
        switch outcome.resolution {
        case .delivered:
            try finish(key, row, as: .delivered, reason: nil, outcome)
        case .dead(let reason):
            try finish(key, row, as: .dead, reason: reason, outcome)
        case .retry(let time, let failures):
            try database.run(
                "UPDATE pending SET attempts = ?4, failures = ?5 WHERE endpoint = ?1 AND lane = ?2 AND event = ?3",
                key.endpoint, key.lane.number, key.event, row.attempts, failures)
            try unfile(key.endpoint, key.lane, due: outcome.laneDue)
            try file(key.endpoint, key.lane, due: time)
        }
        tally(key.endpoint) { $0.record(at: outcome.at) }
    }

    /// Nil for what is not pending. Whether the lane has others need not be asked of one that has room for one.
    private func pendingRow(_ key: DeliveryKey) throws(SQLiteError) -> PendingRow? {
        if key.lane.holdsOne {
            return try database.first(
                "SELECT shard, queued_at, attempts, 0 FROM pending WHERE endpoint = ?1 AND lane = ?2 AND event = ?3",
                key.endpoint, key.lane.number, key.event, read: PendingRow.init)
        }
        return try database.first(
            """
            SELECT shard, queued_at, attempts,
                EXISTS (SELECT 1 FROM pending WHERE endpoint = ?1 AND lane = ?2 AND event <> ?3)
            FROM pending WHERE endpoint = ?1 AND lane = ?2 AND event = ?3
            """, key.endpoint, key.lane.number, key.event, read: PendingRow.init)
    }

    private struct PendingRow {
        var shard: Int64
        var queuedAt: Int64
        var attempts: Int64
        /// Whether its lane has others.
        var hasCompany: Bool

        init(_ row: Row) {
            shard = row.integer(0)
            queuedAt = row.integer(1)
            attempts = row.integer(2)
            hasCompany = row.integer(3) != 0
        }
    }

    /// Its number; 0 without one.
    private func newestOpenAttempt(endpoint: Int64, event: Int64) throws(SQLiteError) -> Int64 {
        try database.first(
            "SELECT max(number) FROM open_attempts WHERE endpoint = ?1 AND event = ?2", endpoint, event
        ) { $0.integer(0) } ?? 0
    }

    /// False when this try has been recorded as ended before: then its outcome has been, too.
    private func end(_ attempt: Attempt, of key: DeliveryKey) throws(SQLiteError) -> Bool {
        guard try insert(attempt, endpoint: key.endpoint, event: key.event) else { return false }
        try database.run(
            "DELETE FROM open_attempts WHERE endpoint = ?1 AND event = ?2 AND number = ?3", key.endpoint, key.event,
            attempt.number)
        return true
    }

    /// False when there is one of this number.
    func insert(_ attempt: Attempt, endpoint: Int64, event: Int64) throws(SQLiteError) -> Bool {
        try attempt.response.withUnsafeBufferPointer { buffer throws(SQLiteError) in
            let response = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer.prefix(Attempt.responseLimit)))
            return try database.run(
                """
                INSERT OR IGNORE INTO attempts
                    (endpoint, event, number, started_at, duration_ms, result, status, rule, response)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """, endpoint, event, attempt.number, attempt.startedAt, attempt.duration.wholeMilliseconds,
                attempt.result.rawValue, attempt.status, attempt.rule, BorrowedBytes(buffer: response)) > 0
        }
    }

    private func finish(
        _ key: DeliveryKey, _ row: PendingRow, as state: FinishedState, reason: String?, _ outcome: LedgerEntry.Outcome
    ) throws(SQLiteError) {
        try database.run(
            "DELETE FROM pending WHERE endpoint = ?1 AND lane = ?2 AND event = ?3", key.endpoint, key.lane.number,
            key.event)
        try database.run(
            """
            INSERT INTO finished (endpoint, event, lane, shard, state, queued_at, finished_at, attempts, reason)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """, key.endpoint, key.event, key.lane.number, row.shard, state.rawValue, row.queuedAt, outcome.at,
            row.attempts,
            reason)
        tally(key.endpoint) { tally in
            tally.pending -= 1
            tally.count(state, 1)
        }
        if !row.hasCompany {
            try unfile(key.endpoint, key.lane, due: outcome.laneDue)
        }
    }
}

/// The `state` column of `finished`.
enum FinishedState: Int64 {
    case delivered = 0
    case dead = 1

    /// Nil for what is not finished.
    init?(_ state: DeliveryState) {
        switch state {
        case .pending: return nil
        case .delivered: self = .delivered
        case .dead: self = .dead
        }
    }

    var state: DeliveryState { self == .delivered ? .delivered : .dead }
}

extension WritingSession.Tally {
    mutating func count(_ state: FinishedState, _ difference: Int) {
        switch state {
        case .delivered: delivered += difference
        case .dead: dead += difference
        }
    }
}
