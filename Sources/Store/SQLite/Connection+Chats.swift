import Chats
import JSON
import Time

extension Connection {
    func chats(_ query: ChatQuery) throws(SQLiteError) -> [ChatSummary] {
        guard query.limit > 0 else { return [] }
        var found: [ChatSummary] = []
        let take = { (row: Row) throws(SQLiteError) -> Bool in
            let summary = ChatSummary(row)
            if query.state.map({ $0 == summary.state }) ?? true { found.append(summary) }
            return found.count < query.limit
        }
        if let ids = query.ids {
            let after = query.after ?? ""
            for id in ids.filter({ after.precedesInBytes($0) }).sorted(by: { $0.precedesInBytes($1) })
            where found.count < query.limit {
                try rows(
                    """
                    SELECT id, label, name, members, state, sequence, seen_at, CASE WHEN ?2 THEN snapshot END FROM chats
                    WHERE id = ?1
                    """, id, query.includesSnapshots, read: take)
            }
        } else if let state = query.state {
            try rows(
                """
                SELECT id, label, name, members, state, sequence, seen_at, CASE WHEN ?3 THEN snapshot END FROM chats
                WHERE state = ?1 AND id > ?2 ORDER BY id
                """, state.number, query.after ?? "", query.includesSnapshots, read: take)
        } else {
            // No id is empty but that of the row for no chat.
            try rows(
                """
                SELECT id, label, name, members, state, sequence, seen_at, CASE WHEN ?2 THEN snapshot END FROM chats
                WHERE id > ?1 ORDER BY id
                """, query.after ?? "", query.includesSnapshots, read: take)
        }
        return found
    }

    func chatStates() throws(SQLiteError) -> [String: ChatSummary.State] {
        var states: [String: ChatSummary.State] = [:]
        try rows("SELECT id, state FROM chats WHERE state IS NOT NULL") { row in
            states[row.text(0)] = ChatSummary.State(number: row.integer(1))
            return true
        }
        return states
    }
}

extension ChatSummary {
    fileprivate init(_ row: Row) {
        let json = row.isNull(7) ? nil : try? JSONParser.parse(row.bytes(7))
        self.init(
            id: row.text(0), label: row.optionalText(1), name: row.optionalText(2),
            members: row.optionalInteger(3).map { Int($0) }, state: State(number: row.integer(4)),
            sequence: Int(row.integer(5)), seenAt: row.optionalInteger(6).map(Timestamp.init(milliseconds:)),
            snapshot: json?.objectValue.flatMap(Snapshot.init(json:)))
    }
}

/// The `state` column of `chats`; NULL in the row for no chat.
extension ChatSummary.State {
    var number: Int {
        switch self {
        case .watched: 0
        case .unreachable: 1
        case .dismissed: 2
        }
    }

    fileprivate init(number: Int64) {
        self = Self.allCases.first { Int64($0.number) == number } ?? .watched
    }
}

extension String {
    /// SQLite's order of texts.
    fileprivate func precedesInBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
