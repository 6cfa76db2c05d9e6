import TestKit
import Testing

@testable import Store

/// Looks into a store's file from the side and checks what must hold at every moment.
struct StoreAudit {
    private let connection: Connection

    /// The file must be in WAL mode; a store may have it open.
    init(_ path: String) throws {
        connection = try Connection(path: path, access: .readWrite)
        connection.keepLogOnClose()
    }

    /// Sentences about what does not hold.
    func findings() throws -> [String] {
        var findings: [String] = []
        for (rule, sql) in Self.rules {
            if let broken = try connection.first(sql, read: { $0.text(0) }) { findings.append("\(rule): \(broken)") }
        }
        let integrity = try connection.first("PRAGMA integrity_check", read: { $0.text(0) })
        if integrity != "ok" { findings.append("integrity_check: \(integrity ?? "nothing")") }
        return findings
    }

    // Each finds a row where its rule is broken.
    private static let rules: [(String, StaticString)] = [
        (
            "a lane with pending deliveries is filed",
            """
            SELECT endpoint || ' ' || lane FROM pending AS p
            WHERE NOT EXISTS (SELECT 1 FROM lanes AS l WHERE l.endpoint = p.endpoint AND l.lane = p.lane)
            """
        ),
        (
            "a filed lane has pending deliveries",
            """
            SELECT endpoint || ' ' || lane FROM lanes AS l
            WHERE NOT EXISTS (SELECT 1 FROM pending AS p WHERE l.endpoint = p.endpoint AND l.lane = p.lane)
            """
        ),
        (
            "a lane is filed once",
            "SELECT endpoint || ' ' || lane FROM lanes GROUP BY endpoint, lane HAVING count(*) > 1"
        ),
        (
            "counts are what is there",
            """
            SELECT name FROM endpoints AS e
            WHERE pending <> (SELECT count(*) FROM pending WHERE endpoint = e.number)
                OR delivered <> (SELECT count(*) FROM finished WHERE endpoint = e.number AND state = 0)
                OR dead <> (SELECT count(*) FROM finished WHERE endpoint = e.number AND state = 1)
            """
        ),
        (
            "a delivery is pending or finished, not both",
            "SELECT endpoint || ' ' || event FROM pending JOIN finished USING (endpoint, event)"
        ),
        (
            "a delivery has an event, of its shard",
            """
            SELECT endpoint || ' ' || event
            FROM (SELECT endpoint, event, shard FROM pending UNION ALL SELECT endpoint, event, shard FROM finished) AS d
            LEFT JOIN events AS e ON e.number = d.event WHERE e.shard IS NOT d.shard
            """
        ),
        (
            "an event's shard is its chat's",
            "SELECT e.number FROM events AS e LEFT JOIN chats AS c ON c.number = e.chat WHERE c.shard IS NOT e.shard"
        ),
        (
            "a chat's sequence is its last event's",
            """
            SELECT c.id FROM chats AS c JOIN events AS e ON e.chat = c.number
            GROUP BY c.number HAVING max(e.sequence) > c.sequence
            """
        ),
        (
            "what lists show of a chat is what its snapshot and its row say",
            """
            SELECT id FROM (SELECT *, CAST(snapshot AS TEXT) AS json FROM chats) WHERE number > 1
                AND (name IS NOT json_extract(json, '$.name') OR members IS NOT json_array_length(json, '$.useridlist')
                OR state IS NOT CASE WHEN json_extract(json, '$.status') IS 2 THEN 2 ELSE unreachable END)
            """
        ),
        ("the row for no chat is in no list", "SELECT id FROM chats WHERE number = 1 AND state IS NOT NULL"),
        (
            "an event's time lies within its block's",
            """
            SELECT e.number FROM events AS e LEFT JOIN event_spans AS s ON s.block = e.number / 1024
            WHERE (e.timestamp BETWEEN s.earliest AND s.latest) IS NOT 1
            """
        ),
        (
            "an endpoint that has rows is known",
            """
            SELECT endpoint FROM (SELECT endpoint FROM pending UNION SELECT endpoint FROM lanes
                UNION SELECT endpoint FROM finished UNION SELECT endpoint FROM open_attempts
                UNION SELECT endpoint FROM attempts)
            WHERE endpoint NOT IN (SELECT number FROM endpoints)
            """
        ),
        (
            "an ended try belongs to a delivery, and is not open",
            """
            SELECT a.endpoint || ' ' || a.event || ' ' || a.number FROM attempts AS a
            WHERE EXISTS (SELECT 1 FROM open_attempts AS o
                    WHERE o.endpoint = a.endpoint AND o.event = a.event AND o.number = a.number)
                OR NOT EXISTS (SELECT 1 FROM pending AS p WHERE p.endpoint = a.endpoint AND p.event = a.event)
                AND NOT EXISTS (SELECT 1 FROM finished AS f WHERE f.endpoint = a.endpoint AND f.event = a.event)
            """
        ),
    ]
}
