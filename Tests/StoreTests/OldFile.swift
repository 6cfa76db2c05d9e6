import Chats
import Deliveries
import JSON
import TestKit
import Time

@testable import Store

/// A file as the first version wrote it: two chats, and a delivery of the first one's event that waits at endpoint `a`.
enum OldFile {
    /// Returns the advances that it holds.
    static func make(at path: String) throws -> [Advance] {
        try writeFile(path, [])
        let connection = try Connection(path: path, access: .readWrite)
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.execute(Schema.migrations[0])
        try connection.execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1")
        try connection.execute("INSERT INTO endpoints (number, name, pending) VALUES (1, 'a', 1)")
        let advances = try ["c1", "c2"].map { try Advance.telling(after: ChatState(id: $0), at: StoreScene.start) }
        for (index, advance) in advances.enumerated() { try insert(advance, Int64(index) + 2, connection) }
        let shard = Shard.number(ofChat: "c1")
        try connection.run(
            "INSERT INTO pending VALUES (1, 2, 1, ?1, ?2, 0, 0)", shard, StoreScene.start)
        try connection.run("INSERT INTO lanes VALUES (1, ?1, 2)", StoreScene.start)
        return advances
    }

    private static func insert(_ advance: Advance, _ number: Int64, _ connection: Connection) throws {
        let (state, shard) = (advance.state, Shard.number(ofChat: advance.state.id))
        let snapshot = state.snapshot.map { JSONValue.object($0.json).serialized() } ?? []
        try snapshot.withBorrowedBytes { bytes throws(SQLiteError) in
            _ = try connection.run(
                """
                INSERT INTO chats (number, id, shard, revision, sequence, seen_at, unreachable, label, snapshot)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """, number, state.id, shard, state.revision, state.sequence, state.seenAt, state.isUnreachable,
                state.label, bytes)
        }
        for event in advance.events {
            try StoredEvent(event).body.withBorrowedBytes { body throws(SQLiteError) in
                _ = try connection.run(
                    """
                    INSERT INTO events (id, chat, shard, sequence, type, timestamp, body)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    """, event.id, number, shard, event.sequence, event.type.rawValue, event.timestamp, body)
            }
        }
    }
}
