import Chats
import Deliveries
import JSON
import TestKit
import Testing
import Time

@testable import Store

/// A file as an older version wrote it: chats in every state, and a delivery of the first one's event that waits at
/// endpoint `a`.
enum OldFile {
    /// Returns the advances that it holds.
    static func make(at path: String, version: Int) throws -> [Advance] {
        try writeFile(path, [])
        let connection = try Connection(path: path, access: .readWrite)
        try connection.execute("PRAGMA journal_mode = WAL")
        for migration in Schema.migrations.prefix(version) { try connection.execute(migration) }
        try connection.execute("PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(version)")
        try connection.execute("INSERT INTO endpoints (number, name, pending) VALUES (1, 'a', 1)")
        let advances = try chats()
        for (index, advance) in advances.enumerated() { try insert(advance, Int64(index) + 2, connection) }
        let shard = Shard.number(ofChat: "c1")
        try connection.run(
            "INSERT INTO pending VALUES (1, 2, 1, ?1, ?2, 0, 0)", shard, StoreScene.start)
        try connection.run("INSERT INTO lanes VALUES (1, ?1, 2)", StoreScene.start)
        return advances
    }

    private static func chats() throws -> [Advance] {
        let snapshots = [
            Snapshot(labels: [.name: "群 \"1\""]), Snapshot(rosters: [.members: ["a", "b", "c"]]),
            Snapshot(settings: [.status: 2], rosters: [.members: []]), Snapshot(labels: [.name: "lost"]),
        ]
        var advances = try snapshots.enumerated().map { index, snapshot in
            let state = ChatState(id: "c\(index + 1)")
            return try #require(state.observing(snapshot, at: StoreScene.start))
        }
        advances[3].state.isUnreachable = true
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
