import Chats
import Deliveries
import Time

/// Which deliveries of one endpoint a listing shows, told by their events, newest first.
///
/// Finished deliveries have a key by event, pending ones by lane: the former are found in order, the latter are sorted. Those of
/// a type are where its events meet the deliveries: both are in order, so each leaps over what the other has not.
extension Connection {
    func deliveries(
        of endpoint: Int64, in range: ClosedRange<Int64>, _ search: DeliverySearch
    ) throws(SQLiteError) -> [Int64] {
        if let event = search.event {
            guard range.contains(event), try matches(endpoint, event, search) else { return [] }
            return [event]
        }
        var events: [Int64] = []
        if search.state != .pending { events += try finished(at: endpoint, in: range, search) }
        if search.state == nil || search.state == .pending { events += try pending(at: endpoint, in: range, search) }
        return events
    }

    /// Newest first, until `body` returns false.
    func eachEvent(
        ofChat chat: Int64, in range: ClosedRange<Int64>, _ body: (Int64) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        try rows(
            "SELECT number FROM events WHERE chat = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY sequence DESC", chat,
            range.lowerBound, range.upperBound
        ) { row throws(SQLiteError) in try body(row.integer(0)) }
    }

    private func finished(
        at endpoint: Int64, in range: ClosedRange<Int64>, _ search: DeliverySearch
    ) throws(SQLiteError) -> [Int64] {
        var found: [Int64] = []
        var types = search.types.map { TypedEvents($0.names) }
        var rest: ClosedRange<Int64>? = range
        while let range = rest, found.count < search.limit {
            guard let typed = types == nil ? range.upperBound : try types?.newest(in: range, self),
                let event = try newestFinished(at: endpoint, in: range.lowerBound...typed, search.state)
            else { break }
            let isOfType = types == nil || event == typed
            if isOfType, try isInTime(event, search) { found.append(event) }
            rest = range.between(nil, isOfType ? event : event + 1)
        }
        return found
    }

    /// Of either state when `state` is nil.
    private func newestFinished(
        at endpoint: Int64, in range: ClosedRange<Int64>, _ state: DeliveryState?
    ) throws(SQLiteError) -> Int64? {
        if state == .dead {
            return try first(
                """
                SELECT event FROM finished INDEXED BY dead_deliveries
                WHERE endpoint = ?1 AND state = 1 AND event BETWEEN ?2 AND ?3 ORDER BY event DESC LIMIT 1
                """, endpoint, range.lowerBound, range.upperBound
            ) { $0.integer(0) }
        }
        return try first(
            """
            SELECT event FROM finished WHERE endpoint = ?1 AND event BETWEEN ?2 AND ?3 AND (?4 IS NULL OR state = ?4)
            ORDER BY event DESC LIMIT 1
            """, endpoint, range.lowerBound, range.upperBound, state.flatMap { FinishedState($0) }?.rawValue
        ) { $0.integer(0) }
    }

    private func pending(
        at endpoint: Int64, in range: ClosedRange<Int64>, _ search: DeliverySearch
    ) throws(SQLiteError) -> [Int64] {
        var found: [Int64] = []
        var types = search.types.map { TypedEvents($0.names) }
        // With a limit SQLite need not sort all of them.
        let limit = search.types == nil && !search.happened.isBounded ? search.limit : -1
        try rows(
            "SELECT event FROM pending WHERE endpoint = ?1 AND event BETWEEN ?2 AND ?3 ORDER BY event DESC LIMIT ?4",
            endpoint, range.lowerBound, range.upperBound, limit
        ) { row throws(SQLiteError) in
            let event = row.integer(0)
            if types != nil {
                guard let typed = try types?.newest(in: range.lowerBound...event, self) else { return false }
                if typed != event { return true }
            }
            if try isInTime(event, search) { found.append(event) }
            return found.count < search.limit
        }
        return found
    }

    // MARK: - Whether one matches

    func matches(_ endpoint: Int64, _ event: Int64, _ search: DeliverySearch) throws(SQLiteError) -> Bool {
        guard let state = try deliveryState(endpoint, event), search.state == nil || search.state == state else {
            return false
        }
        if let chat = search.chat {
            guard try exists("SELECT 1 FROM events WHERE number = ?1 AND chat = ?2", event, chat) else { return false }
        }
        guard try isOfType(event, search) else { return false }
        return try isInTime(event, search)
    }

    private func deliveryState(_ endpoint: Int64, _ event: Int64) throws(SQLiteError) -> DeliveryState? {
        let finished = try first(
            "SELECT state FROM finished WHERE endpoint = ?1 AND event = ?2", endpoint, event
        ) { (FinishedState(rawValue: $0.integer(0)) ?? .dead).state }
        if let finished { return finished }
        return try isPending(event, atAnyOf: [endpoint]) ? .pending : nil
    }

    private func isOfType(_ event: Int64, _ search: DeliverySearch) throws(SQLiteError) -> Bool {
        guard let types = search.types else { return true }
        let type = try first("SELECT type FROM events WHERE number = ?1", event) { $0.text(0) }
        return type.map(types.names.contains) ?? false
    }

    private func isInTime(_ event: Int64, _ search: DeliverySearch) throws(SQLiteError) -> Bool {
        guard search.happened.isBounded else { return true }
        let time = try first("SELECT timestamp FROM events WHERE number = ?1", event) { $0.integer(0) }
        return time.map(search.happened.contains) ?? false
    }
}

/// What a listing of deliveries looks for at each endpoint.
struct DeliverySearch {
    let state: DeliveryState?
    let event: Int64?
    /// Its number.
    let chat: Int64?
    let types: MatchingTypes?
    let happened: Happened
    let limit: Int

    init(_ query: DeliveryQuery, chat: Int64?) {
        state = query.state
        event = query.event
        self.chat = chat
        types = query.type.map(MatchingTypes.init)
        happened = Happened(since: query.since, until: query.until)
        limit = query.limit
    }
}

/// A walk through the events of some types, newest first.
private struct TypedEvents {
    private var heads: [(type: String, number: Int64)]

    init(_ types: [String]) {
        heads = types.map { ($0, .max) }
    }

    /// The newest in the range. Ranges may only move down.
    mutating func newest(in range: ClosedRange<Int64>, _ connection: Connection) throws(SQLiteError) -> Int64? {
        var moved: [(type: String, number: Int64)] = []
        for head in heads {
            if head.number <= range.upperBound {
                moved.append(head)
            } else if let next = try connection.newestEvent(ofType: head.type, in: range) {
                moved.append((head.type, next))
            }
        }
        heads = moved
        return heads.map(\.number).max()
    }
}

extension Connection {
    fileprivate func newestEvent(ofType type: String, in range: ClosedRange<Int64>) throws(SQLiteError) -> Int64? {
        try eventNumbers(ofTypes: [type], in: range, isAscending: false, limit: 1).first
    }
}
