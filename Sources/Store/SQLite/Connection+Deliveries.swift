import Chats
import Deliveries
import Time

/// Listings of deliveries. Those of a chat are found event by event; else each endpoint gives its newest, and the lists are
/// merged.
extension Connection {
    func deliveries(_ query: DeliveryQuery) throws(SQLiteError) -> [DeliveryRecord] {
        var chat: Int64?
        if let id = query.chat {
            chat = try chatNumber(id)
            if chat == nil { return [] }
        }
        guard query.limit > 0, let happened = try eventNumbers(since: query.since, until: query.until) else {
            return []
        }
        let search = DeliverySearch(query, chat: chat)
        var parts: [(endpoint: NumberedEndpoint, range: ClosedRange<Int64>)] = []
        for endpoint in try endpoints(named: query.endpoint) {
            let isBehindInEvent = query.after.map { endpoint.number > $0.endpoint } ?? false
            let upper = query.after.map { isBehindInEvent && $0.event < .max ? $0.event + 1 : $0.event }
            if let range = happened.between(nil, upper) { parts.append((endpoint, range)) }
        }
        var found: [(event: Int64, endpoint: NumberedEndpoint)] = []
        if let chat, query.event == nil {
            try eachEvent(ofChat: chat, in: happened) { event throws(SQLiteError) in
                for part in parts where part.range.contains(event) {
                    if try matches(part.endpoint.number, event, search) { found.append((event, part.endpoint)) }
                }
                return found.count < query.limit
            }
        } else {
            for part in parts {
                found += try deliveries(of: part.endpoint.number, in: part.range, search).map { ($0, part.endpoint) }
            }
        }
        found.sort { ($1.event, $0.endpoint.number) < ($0.event, $1.endpoint.number) }
        let shown = try found.prefix(query.limit).map { found throws(SQLiteError) in
            try row(found.endpoint, event: found.event)
        }
        return try records(shown.compactMap { $0 })
    }

    func delivery(_ id: DeliveryID) throws(SQLiteError) -> (record: DeliveryRecord, attempts: [Attempt])? {
        let name = try first("SELECT name FROM endpoints WHERE number = ?1", id.endpoint) { $0.text(0) }
        guard let name else { return nil }
        let row = try row(NumberedEndpoint(number: id.endpoint, name: name), event: id.event)
        guard let row, let record = try records([row]).first else { return nil }
        return (record, try attempts(id))
    }

    // MARK: - Rows

    private struct NumberedEndpoint {
        var number: Int64
        var name: String
    }

    private struct DeliveryRow {
        var endpoint: NumberedEndpoint
        var event: Int64
        /// Of a pending one.
        var lane: Int64?
        var state: DeliveryState
        var queuedAt: Int64
        var attempts: Int64
        var finishedAt: Int64?
        var reason: String?
    }

    private func endpoints(named name: String?) throws(SQLiteError) -> [NumberedEndpoint] {
        var endpoints: [NumberedEndpoint] = []
        try rows("SELECT number, name FROM endpoints WHERE ?1 IS NULL OR name = ?1 ORDER BY number", name) { row in
            endpoints.append(NumberedEndpoint(number: row.integer(0), name: row.text(1)))
            return true
        }
        return endpoints
    }

    private func row(_ endpoint: NumberedEndpoint, event: Int64) throws(SQLiteError) -> DeliveryRow? {
        if let pending = try pending(endpoint, event: event) { return pending }
        return try finished(endpoint, event: event)
    }

    /// Its lane is its event's chat or its event itself.
    private func pending(_ endpoint: NumberedEndpoint, event: Int64) throws(SQLiteError) -> DeliveryRow? {
        try first(
            """
            SELECT lane, queued_at,
                max(attempts, ifnull((SELECT max(number) FROM open_attempts WHERE endpoint = ?1 AND event = ?2), 0))
            FROM pending WHERE endpoint = ?1 AND lane IN ((SELECT chat FROM events WHERE number = ?2), ?2 + 1099511627776)
                AND event = ?2
            """, endpoint.number, event
        ) { row in
            DeliveryRow(
                endpoint: endpoint, event: event, lane: row.integer(0), state: .pending, queuedAt: row.integer(1),
                attempts: row.integer(2))
        }
    }

    private func finished(_ endpoint: NumberedEndpoint, event: Int64) throws(SQLiteError) -> DeliveryRow? {
        try first(
            "SELECT state, queued_at, attempts, finished_at, reason FROM finished WHERE endpoint = ?1 AND event = ?2",
            endpoint.number, event
        ) { row in
            DeliveryRow(
                endpoint: endpoint, event: event, lane: nil,
                state: (FinishedState(rawValue: row.integer(0)) ?? .dead).state, queuedAt: row.integer(1),
                attempts: row.integer(2), finishedAt: row.integer(3), reason: row.optionalText(4))
        }
    }

    // MARK: - What belongs to them

    /// Leaves out events of a type that this program does not know.
    private func records(_ rows: [DeliveryRow]) throws(SQLiteError) -> [DeliveryRecord] {
        let due = try dueTimes(of: rows)
        var records: [DeliveryRecord] = []
        for row in rows {
            let event = try first(
                "SELECT e.id, e.type, c.number, c.id FROM events AS e JOIN chats AS c ON c.number = e.chat WHERE e.number = ?1",
                row.event
            ) { (id: $0.text(0), type: $0.text(1), chat: $0.integer(2) == Schema.noChat ? nil : $0.text(3)) }
            guard let event, let type = EventType(rawValue: event.type) else { continue }
            let lane = row.lane.map { FiledLane(endpoint: row.endpoint.number, lane: $0) }
            let time = row.finishedAt ?? lane.flatMap { due[$0] } ?? row.queuedAt
            records.append(
                DeliveryRecord(
                    id: DeliveryID(event: row.event, endpoint: row.endpoint.number), endpoint: row.endpoint.name,
                    eventID: event.id, chat: event.chat, type: type, state: row.state,
                    queuedAt: Timestamp(milliseconds: row.queuedAt), attempts: Int(row.attempts),
                    dueOrFinishedAt: Timestamp(milliseconds: time), reason: row.reason))
        }
        return records
    }

    private struct FiledLane: Hashable {
        var endpoint: Int64
        var lane: Int64
    }

    /// One look through the lanes of each endpoint: they are keyed by due time, which is what is looked for.
    private func dueTimes(of rows: [DeliveryRow]) throws(SQLiteError) -> [FiledLane: Int64] {
        var due: [FiledLane: Int64] = [:]
        var wanted: [Int64: Set<Int64>] = [:]
        for row in rows {
            if let lane = row.lane { wanted[row.endpoint.number, default: []].insert(lane) }
        }
        for (endpoint, lanes) in wanted {
            var missing = lanes.count
            try self.rows("SELECT due, lane FROM lanes WHERE endpoint = ?1", endpoint) { row in
                if lanes.contains(row.integer(1)) {
                    due[FiledLane(endpoint: endpoint, lane: row.integer(1))] = row.integer(0)
                    missing -= 1
                }
                return missing > 0
            }
        }
        return due
    }

    private func attempts(_ id: DeliveryID) throws(SQLiteError) -> [Attempt] {
        var attempts: [Attempt] = []
        try rows(
            """
            SELECT number, started_at, duration_ms, result, status, rule, response FROM attempts
            WHERE endpoint = ?1 AND event = ?2 ORDER BY number
            """, id.endpoint, id.event
        ) { row in
            attempts.append(
                Attempt(
                    number: Int(row.integer(0)), startedAt: Timestamp(milliseconds: row.integer(1)),
                    duration: .milliseconds(row.integer(2)), result: Attempt.Result(rawValue: row.text(3)) ?? .unknown,
                    status: row.optionalInteger(4).map { Int($0) }, rule: row.text(5), response: row.bytes(6)))
            return true
        }
        return attempts
    }
}
