import Chats
import Deliveries
import JSON
import Time

extension WritingSession {
    func chatState(_ id: String) throws(SQLiteError) -> ChatState? {
        guard !id.isEmpty else { return nil }
        return try database.first(
            "SELECT label, snapshot, sequence, revision, seen_at, unreachable FROM chats WHERE id = ?1", id
        ) { row in
            let json = try? JSONParser.parse(row.bytes(1))
            return ChatState(
                id: id, label: row.optionalText(0), snapshot: json?.objectValue.flatMap(Snapshot.init(json:)),
                sequence: Int(row.integer(2)), revision: Int(row.integer(3)),
                seenAt: row.optionalInteger(4).map(Timestamp.init(milliseconds:)), isUnreachable: row.integer(5) != 0)
        }
    }

    /// False, and nothing is written, when the advance does not follow what is stored.
    func commit(_ advance: StoredAdvance) throws(SQLiteError) -> Bool {
        let state = advance.state
        let stored = try database.first("SELECT number, revision, sequence FROM chats WHERE id = ?1", state.id) {
            (number: $0.integer(0), revision: Int($0.integer(1)), sequence: Int($0.integer(2)))
        }
        guard (stored?.revision ?? 0) == state.revision - 1,
            Self.follows(advance, sequence: stored?.sequence ?? 0)
        else { return false }
        let shard = Shard.number(ofChat: state.id)
        let chat = try store(state, advance.snapshot, number: stored?.number, shard: shard)
        for event in advance.events {
            try insert(event, chat: chat, shard: shard)
        }
        return true
    }

    /// Nothing is stored of no chat but the sequence of its events.
    func announce(
        _ change: Change, at time: Timestamp, to subscriptions: Subscriptions
    ) throws(SQLiteError) -> Event {
        try database.run("UPDATE chats SET sequence = sequence + 1 WHERE number = ?1", Schema.noChat)
        let sequence = try database.first("SELECT sequence FROM chats WHERE number = ?1", Schema.noChat) {
            Int($0.integer(0))
        }
        let event = Event(
            change, chat: nil, sequence: sequence ?? 1, observed: Event.Observed(after: nil, by: time))
        try insert(NewEvent(event, to: subscriptions), chat: Schema.noChat, shard: Shard.number(ofChat: ""))
        return event
    }

    private static func follows(_ advance: StoredAdvance, sequence: Int) -> Bool {
        advance.state.sequence == sequence + advance.events.count
            && zip((sequence + 1)..., advance.events).allSatisfy { $1.sequence == $0 }
    }

    private func store(
        _ state: ChatState, _ snapshot: [UInt8]?, number: Int64?, shard: Int
    ) throws(SQLiteError) -> Int64 {
        let (name, members) = (state.snapshot?[.name], state.snapshot?[.members]?.count)
        let listed = ChatSummary.State(of: state).number
        return try (snapshot ?? []).withBorrowedBytes { bytes throws(SQLiteError) in
            let bytes = snapshot == nil ? nil : bytes
            guard let number else {
                try database.run(
                    """
                    INSERT INTO chats
                        (id, shard, revision, sequence, seen_at, unreachable, label, name, members, state, snapshot)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                    """, state.id, shard, state.revision, state.sequence, state.seenAt, state.isUnreachable,
                    state.label, name, members, listed, bytes)
                return database.lastInsertedNumber
            }
            try database.run(
                """
                UPDATE chats SET revision = ?2, sequence = ?3, seen_at = ?4, unreachable = ?5, label = ?6, name = ?7,
                    members = ?8, snapshot = ?9
                WHERE number = ?1
                """, number, state.revision, state.sequence, state.seenAt, state.isUnreachable, state.label, name,
                members, bytes)
            // By itself: an index is written whenever one of its columns is set, be it to the same.
            try database.run("UPDATE chats SET state = ?2 WHERE number = ?1 AND state <> ?2", number, listed)
            return number
        }
    }

    private func insert(_ event: NewEvent, chat: Int64, shard: Int) throws(SQLiteError) {
        try event.body.withBorrowedBytes { body throws(SQLiteError) in
            _ = try database.run(
                """
                INSERT INTO events (id, chat, shard, sequence, type, timestamp, body)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """, event.id, chat, shard, event.sequence, event.type, event.timestamp, body)
        }
        let number = database.lastInsertedNumber
        try database.noteEvent(number, at: event.timestamp)
        for recipient in event.recipients {
            let endpoint = try endpointNumber(recipient.endpoint)
            let lane = Lane(ordering: recipient.ordering, chat: chat, event: number)
            let key = DeliveryKey(endpoint: endpoint, lane: lane, event: number)
            try enqueue(key, shard: shard, queuedAt: event.timestamp)
        }
    }

    private func enqueue(_ key: DeliveryKey, shard: Int, queuedAt: Timestamp) throws(SQLiteError) {
        let isFirst = key.lane.holdsOne ? true : try !hasPending(key.endpoint, key.lane)
        if isFirst {
            // Events carry the wall clock; a claimer's clock does not follow when that jumps ahead. What is new is due now.
            let due = min(queuedAt, newestClaim ?? queuedAt)
            try file(key.endpoint, key.lane, due: due)
        }
        try database.run(
            """
            INSERT INTO pending (endpoint, lane, event, shard, queued_at, attempts, failures)
            VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)
            """, key.endpoint, key.lane.number, key.event, shard, queuedAt)
        tally(key.endpoint) { $0.pending += 1 }
    }
}

extension [UInt8] {
    /// Lends the bytes to a statement that is run inside `body`.
    func withBorrowedBytes<Result>(
        _ body: (BorrowedBytes) throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try withUnsafeBufferPointer { buffer throws(SQLiteError) in
            try body(BorrowedBytes(buffer: UnsafeRawBufferPointer(buffer)))
        }
    }
}
