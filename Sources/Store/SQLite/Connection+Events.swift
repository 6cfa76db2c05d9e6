import Chats
import Deliveries
import Time

extension Connection {
    func events(_ query: EventQuery) throws(SQLiteError) -> [EventRecord] {
        var records: [EventRecord] = []
        let read = { (row: Row) throws(SQLiteError) -> Bool in
            guard records.count < query.limit else { return false }
            if query.admits(type: row.text(2), timestamp: Timestamp(milliseconds: row.integer(3))) {
                records.append(
                    EventRecord(number: row.integer(0), event: StoredEvent(id: row.text(1), body: row.bytes(4))))
            }
            return records.count < query.limit
        }
        let before = query.before ?? .max
        guard let chat = query.chat else {
            try rows(
                "SELECT number, id, type, timestamp, body FROM events WHERE number < ?1 ORDER BY number DESC", before,
                read: read)
            return records
        }
        // One chat's sequences rise with the numbers, and there is a key for them.
        try rows(
            """
            SELECT number, id, type, timestamp, body FROM events
            WHERE chat = (SELECT number FROM chats WHERE id = ?1) AND number < ?2 ORDER BY sequence DESC
            """, chat, before, read: read)
        return records
    }
}

extension EventQuery {
    /// A type that this program does not know matches no pattern.
    fileprivate func admits(type: String, timestamp: Timestamp) -> Bool {
        if let pattern = self.type {
            guard let known = EventType(rawValue: type), pattern.matches(known) else { return false }
        }
        if let since, timestamp < since { return false }
        if let until, timestamp >= until { return false }
        return true
    }
}
