extension Schema {
    /// From version 2 to 3: what listings of millions are found by.
    ///
    /// - `chats` is made anew with the snapshot behind all else: SQLite reads a row from its front, and a roster of thousands fills
    ///   pages that a list of names need not turn. What lists show of a snapshot is kept beside it.
    /// - `chats_by_state` is written when a state changes and at no other time.
    /// - `events_by_type` and `event_spans` grow at their ends, so they cost a commit a page or two. Events are numbered about in
    ///   the order of their times, but clocks are set: for each block of numbers `event_spans` says what times are in it.
    /// - `dead_deliveries` costs a delivery that arrives nothing.
    ///
    /// A snapshot that is no JSON, which only damage makes, tells nothing.
    static let listing = """
        CREATE TABLE listed_chats (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            shard INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            seen_at INTEGER,
            unreachable INTEGER NOT NULL,
            state INTEGER,
            label TEXT,
            name TEXT,
            members INTEGER,
            snapshot BLOB
        );
        INSERT INTO listed_chats
            SELECT number, id, shard, revision, sequence, seen_at, unreachable,
                CASE
                    WHEN number = \(noChat) THEN NULL
                    WHEN json_extract(json, '$.status') = 2 THEN 2
                    WHEN unreachable THEN 1
                    ELSE 0
                END,
                label, json_extract(json, '$.name'), json_array_length(json, '$.useridlist'), snapshot
            FROM (SELECT *, CASE WHEN json_valid(CAST(snapshot AS TEXT)) THEN CAST(snapshot AS TEXT) END AS json FROM chats)
            ORDER BY number;
        DROP TABLE chats;
        ALTER TABLE listed_chats RENAME TO chats;
        CREATE INDEX chats_by_state ON chats (state, id);

        CREATE INDEX events_by_type ON events (type);
        CREATE TABLE event_spans (
            block INTEGER PRIMARY KEY,
            earliest INTEGER NOT NULL,
            latest INTEGER NOT NULL
        );
        INSERT INTO event_spans
            SELECT number / \(eventBlock), timestamp, timestamp FROM events WHERE true
            ON CONFLICT (block) DO UPDATE SET
                earliest = min(earliest, excluded.earliest), latest = max(latest, excluded.latest);

        CREATE INDEX dead_deliveries ON finished (endpoint, event) WHERE state = 1;
        """

    /// Numbers of events that share a row of `event_spans`. Stored rows depend on it: it never changes.
    static let eventBlock: Int64 = 1024
}
