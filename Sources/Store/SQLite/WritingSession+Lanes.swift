import Deliveries
import Time

/// The lanes: one row for each that has pending deliveries, filed under the time at which it is due.
extension WritingSession {
    func hasPending(_ endpoint: Int64, _ lane: Lane) throws(SQLiteError) -> Bool {
        try database.exists("SELECT 1 FROM pending WHERE endpoint = ?1 AND lane = ?2 LIMIT 1", endpoint, lane.number)
    }

    func file(_ endpoint: Int64, _ lane: Lane, due: Timestamp) throws(SQLiteError) {
        try database.run(
            "INSERT OR IGNORE INTO lanes (endpoint, due, lane) VALUES (?1, ?2, ?3)", endpoint, due, lane.number)
    }

    /// Takes out the lane's row. `due` is where the caller last saw it; it may have been filed anew since.
    func unfile(_ endpoint: Int64, _ lane: Lane, due: Timestamp) throws(SQLiteError) {
        if try remove(endpoint, lane, due: due) { return }
        if let found = try dueTime(of: lane, endpoint: endpoint) {
            try remove(endpoint, lane, due: found)
        }
    }

    @discardableResult
    private func remove(_ endpoint: Int64, _ lane: Lane, due: Timestamp) throws(SQLiteError) -> Bool {
        try database.run(
            "DELETE FROM lanes WHERE endpoint = ?1 AND due = ?2 AND lane = ?3", endpoint, due, lane.number) > 0
    }

    /// Looks through all lanes of the endpoint: rare, and dear beside a key.
    private func dueTime(of lane: Lane, endpoint: Int64) throws(SQLiteError) -> Timestamp? {
        try database.first(
            "SELECT due FROM lanes WHERE endpoint = ?1 AND lane = ?2 LIMIT 1", endpoint, lane.number
        ) { Timestamp(milliseconds: $0.integer(0)) }
    }

    /// Files lanes that are due later than `time` under `time`, starting behind `cursor`; at most `limit` of them, and
    /// only those in `selection`, if there is one. Returns how many, and where to go on, nil at the end.
    func expedite(
        endpoint: Int64, at time: Timestamp, behind cursor: FiledLane?, limit: Int, only selection: Set<Int64>? = nil
    ) throws(SQLiteError) -> (moved: Int, next: FiledLane?) {
        let start = cursor ?? FiledLane(due: time, lane: .max)
        var found: [FiledLane] = []
        try database.rows(
            "SELECT due, lane FROM lanes WHERE endpoint = ?1 AND (due, lane) > (?2, ?3) ORDER BY due, lane", endpoint,
            start.due, start.lane
        ) { row in
            let lane = FiledLane(due: Timestamp(milliseconds: row.integer(0)), lane: row.integer(1))
            if selection?.contains(lane.lane) ?? true { found.append(lane) }
            return found.count < limit
        }
        for filed in found {
            try remove(endpoint, Lane(number: filed.lane), due: filed.due)
            try file(endpoint, Lane(number: filed.lane), due: time)
        }
        return (found.count, found.count < limit ? nil : found.last)
    }

    /// A row of `lanes`.
    struct FiledLane {
        var due: Timestamp
        var lane: Int64
    }
}
