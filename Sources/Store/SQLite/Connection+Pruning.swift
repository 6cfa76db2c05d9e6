import Time

extension Connection {
    /// How many events a search reads at once, and how many in all: it must come to an end in front of millions that are
    /// old and pending. The next search goes on behind them.
    private static let slice = 1_000
    private static let searchLimit = 200_000

    /// Events older than `before` without pending deliveries, by rising number from behind `start`, and where it got.
    /// At the end it goes on from the front, up to `start`.
    func prunable(
        before: Timestamp, limit: Int, from start: Int64
    ) throws(SQLiteError) -> (events: [Int64], cursor: Int64) {
        let busy = try busyEndpoints()
        var found: [Int64] = []
        var cursor = start
        var hasWrapped = start == 0
        var examined = 0
        while found.count < limit, examined < Self.searchLimit {
            let slice = try oldEvents(before: before, behind: cursor)
            for event in slice.old {
                if hasWrapped, start > 0, event > start { return (found, 0) }
                if try !isPending(event, atAnyOf: busy) { found.append(event) }
                cursor = event
                if found.count == limit { return (found, cursor) }
            }
            examined += Self.slice
            if slice.isLast {
                if hasWrapped { return (found, 0) }
                hasWrapped = true
                cursor = 0
            } else {
                cursor = slice.end
            }
        }
        return (found, cursor)
    }

    /// The old ones of the next events. Numbers rise with time, but for a clock that was set: a whole slice without an old
    /// event is the end.
    private func oldEvents(
        before: Timestamp, behind cursor: Int64
    ) throws(SQLiteError) -> (old: [Int64], end: Int64, isLast: Bool) {
        var old: [Int64] = []
        var seen = 0
        var end = cursor
        try rows(
            "SELECT number, timestamp FROM events WHERE number > ?1 ORDER BY number LIMIT ?2", cursor, Self.slice
        ) { row in
            seen += 1
            end = row.integer(0)
            if row.integer(1) < before.milliseconds { old.append(end) }
            return true
        }
        return (old, end, seen < Self.slice || old.isEmpty)
    }

    private func busyEndpoints() throws(SQLiteError) -> [Int64] {
        var endpoints: [Int64] = []
        try rows("SELECT number FROM endpoints WHERE pending > 0") { row in
            endpoints.append(row.integer(0))
            return true
        }
        return endpoints
    }
}
