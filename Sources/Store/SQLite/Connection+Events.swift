import Chats
import Deliveries
import Time

/// Listings of events. Which way they are found is chosen so that a listing looks at not many more events than it shows.
extension Connection {
    /// So few events are looked at one by one, whatever is asked.
    private static let handful: Int64 = 1_000

    func events(_ query: EventQuery) throws(SQLiteError) -> [EventRecord] {
        var chat: Int64?
        if let id = query.chat {
            chat = try chatNumber(id)
            if chat == nil { return [] }
        }
        guard query.limit > 0, let happened = try eventNumbers(since: query.since, until: query.until),
            let range = happened.between(query.after, query.before)?.between(nil, try newestEventNumber() + 1)
        else { return [] }
        var search = EventSearch(query, chat: chat)
        if range.upperBound - range.lowerBound < Self.handful {
            try lookThrough(range, &search)
        } else if let chat = search.chat {
            try lookThrough(range, chat: chat, &search)
        } else if let types = search.types, types.areFew {
            try lookThrough(range, types: types.names, &search)
        } else {
            try lookThrough(range, &search)
        }
        return search.found
    }

    func event(_ id: String) throws(SQLiteError) -> EventRecord? {
        try first("SELECT number, id, body FROM events WHERE id = ?1", id) { row in
            EventRecord(number: row.integer(0), event: StoredEvent(id: row.text(1), body: row.bytes(2)))
        }
    }

    private func lookThrough(_ range: ClosedRange<Int64>, _ search: inout EventSearch) throws(SQLiteError) {
        let (first, last) = (range.lowerBound, range.upperBound)
        if search.isAscending {
            try rows(
                """
                SELECT number, chat, type, timestamp, id, body FROM events WHERE number BETWEEN ?1 AND ?2 ORDER BY number
                """, first, last
            ) { search.take($0) }
        } else {
            try rows(
                """
                SELECT number, chat, type, timestamp, id, body FROM events WHERE number BETWEEN ?1 AND ?2 ORDER BY number DESC
                """, first, last
            ) { search.take($0) }
        }
    }

    /// One chat's sequences rise with the numbers, and there is a key for them.
    private func lookThrough(
        _ range: ClosedRange<Int64>, chat: Int64, _ search: inout EventSearch
    ) throws(SQLiteError) {
        let (first, last) = (range.lowerBound, range.upperBound)
        if search.isAscending {
            try rows(
                """
                SELECT number, chat, type, timestamp, id, body FROM events
                WHERE chat = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY sequence
                """, chat, first, last
            ) { search.take($0) }
        } else {
            try rows(
                """
                SELECT number, chat, type, timestamp, id, body FROM events
                WHERE chat = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY sequence DESC
                """, chat, first, last
            ) { search.take($0) }
        }
    }

    private func lookThrough(
        _ range: ClosedRange<Int64>, types: [String], _ search: inout EventSearch
    ) throws(SQLiteError) {
        var rest: ClosedRange<Int64>? = range
        while let range = rest, !search.isFull {
            let batch = try eventNumbers(
                ofTypes: types, in: range, isAscending: search.isAscending, limit: search.limit)
            for number in batch where !search.isFull {
                try rows(
                    "SELECT number, chat, type, timestamp, id, body FROM events WHERE number = ?1", number
                ) { search.take($0) }
            }
            guard batch.count == search.limit, let last = batch.last else { return }
            rest = search.isAscending ? range.between(last, nil) : range.between(nil, last)
        }
    }
}

/// What a listing of events looks for, and what it has found.
private struct EventSearch {
    let chat: Int64?
    let types: MatchingTypes?
    let isAscending: Bool
    let limit: Int
    private let happened: Happened
    private(set) var found: [EventRecord] = []

    init(_ query: EventQuery, chat: Int64?) {
        self.chat = chat
        types = query.type.map(MatchingTypes.init)
        isAscending = query.after != nil
        limit = query.limit
        happened = Happened(since: query.since, until: query.until)
    }

    var isFull: Bool { found.count >= limit }

    /// Takes a row if it matches. Returns whether there is room for more.
    mutating func take(_ row: Row) -> Bool {
        if chat.map({ $0 == row.integer(1) }) ?? true, types?.names.contains(row.text(2)) ?? true,
            happened.contains(row.integer(3))
        {
            found.append(EventRecord(number: row.integer(0), event: StoredEvent(id: row.text(4), body: row.bytes(5))))
        }
        return !isFull
    }
}

/// `since` ... less than `until`.
struct Happened {
    var since: Timestamp?
    var until: Timestamp?

    var isBounded: Bool { since != nil || until != nil }

    func contains(_ milliseconds: Int64) -> Bool {
        (since.map { milliseconds >= $0.milliseconds } ?? true)
            && (until.map { milliseconds < $0.milliseconds } ?? true)
    }
}
