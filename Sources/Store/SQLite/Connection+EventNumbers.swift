import Chats
import Deliveries
import Time

/// Numbers of events, found in keys and indexes without a look at the events.
extension Connection {
    func newestEventNumber() throws(SQLiteError) -> Int64 {
        try first("SELECT seq FROM sqlite_sequence WHERE name = 'events'") { $0.integer(0) } ?? 0
    }

    /// Nil for a chat that is not stored. No chat has the empty id.
    func chatNumber(_ id: String) throws(SQLiteError) -> Int64? {
        id.isEmpty ? nil : try first("SELECT number FROM chats WHERE id = ?1", id) { $0.integer(0) }
    }

    /// All events that happened `since` ... less than `until` are among these, and few others at the ends; nil when there
    /// are none.
    func eventNumbers(since: Timestamp?, until: Timestamp?) throws(SQLiteError) -> ClosedRange<Int64>? {
        if since == nil, until == nil { return 1...max(1, try newestEventNumber()) }
        let blocks = try first(
            """
            SELECT min(block), max(block) FROM event_spans WHERE (?1 IS NULL OR latest >= ?1) AND (?2 IS NULL OR earliest < ?2)
            """, since, until
        ) { row in row.isNull(0) ? nil : (first: row.integer(0), last: row.integer(1)) }
        return blocks.flatMap { $0 }.map { blocks in
            blocks.first * Schema.eventBlock...blocks.last * Schema.eventBlock + Schema.eventBlock - 1
        }
    }

    /// The first `limit` events of the types, newest first or oldest first.
    func eventNumbers(
        ofTypes types: [String], in range: ClosedRange<Int64>, isAscending: Bool, limit: Int
    ) throws(SQLiteError) -> [Int64] {
        var numbers: [Int64] = []
        for type in types {
            var rest = limit
            let take = { (row: Row) throws(SQLiteError) -> Bool in
                numbers.append(row.integer(0))
                rest -= 1
                return rest > 0
            }
            if isAscending {
                try rows(
                    "SELECT number FROM events WHERE type = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number", type,
                    range.lowerBound, range.upperBound, read: take)
            } else {
                try rows(
                    "SELECT number FROM events WHERE type = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number DESC", type,
                    range.lowerBound, range.upperBound, read: take)
            }
        }
        numbers.sort(by: isAscending ? { $0 < $1 } : { $0 > $1 })
        return Array(numbers.prefix(limit))
    }

    /// Notes a new event's time in its block.
    func noteEvent(_ number: Int64, at time: Timestamp) throws(SQLiteError) {
        try run(
            """
            INSERT INTO event_spans (block, earliest, latest) VALUES (?1, ?2, ?2)
            ON CONFLICT (block) DO UPDATE SET earliest = min(earliest, ?2), latest = max(latest, ?2)
            """, number / Schema.eventBlock, time)
    }
}

/// The types that a pattern matches, by their names. A stored type that this program does not know matches no pattern.
struct MatchingTypes {
    let names: [String]

    init(_ pattern: Filter.Pattern) {
        names = EventType.allCases.filter(pattern.matches).map(\.rawValue)
    }

    /// Whether it pays to look for them: not when every event is of one of them.
    var areFew: Bool { names.count < EventType.allCases.count }
}

extension ClosedRange<Int64> {
    /// The part above one bound and below the other, both left out; nil when nothing is left.
    func between(_ lower: Int64?, _ upper: Int64?) -> ClosedRange? {
        if lower == .max || upper == .min { return nil }
        let first = Swift.max(lowerBound, lower.map { $0 + 1 } ?? lowerBound)
        let last = Swift.min(upperBound, upper.map { $0 - 1 } ?? upperBound)
        return first <= last ? first...last : nil
    }
}
