/// The tables, and how an older file is brought up to date. `PRAGMA user_version` counts the migrations a file has had.
///
/// What decides here is the number of pages that a delivery's life touches, as each is written twice (log and file).
/// - Keys carry the orders: what is due is the front of `lanes`, what a lane sends next is the front of its part of
///   `pending`. No secondary index on a table that a delivery passes through, but for the dead, who are few.
/// - Rows that are written in a delivery's life are small; the event's body is written once.
/// - A try in flight is a row of `open_attempts` and leaves its delivery's row alone: that saves writing a page at every start,
///   and after a crash the few open ones are found without looking through a backlog of millions. `pending.attempts` counts
///   the tries before; who asks for the tries of a delivery looks at both.
///
/// `shard` stands on every row by which work is found: `chats`, `events`, `pending`, `finished`. `lanes`, `open_attempts` and
/// `attempts` do without: a row of theirs is reached only through the pending or finished delivery that it belongs to, and a copy
/// of the number could only disagree.
enum Schema {
    /// "belf": says whose database a file is.
    static let applicationID: Int64 = 0x6265_6C66

    /// Each brings a file from the version before it. Those that were released never change.
    static let migrations = [initial, schedule, listing]

    static let tables = [
        "attempts", "chats", "endpoints", "event_spans", "events", "finished", "lanes", "open_attempts", "pending",
        "schedule", "schedule_rates",
    ]

    /// The row of `chats` whose events are about no chat.
    static let noChat: Int64 = 1

    // An advance comes from revision 0 or a later one, so none can be stored as the snapshot of no chat.
    private static let initial = """
        CREATE TABLE chats (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            shard INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            seen_at INTEGER,
            unreachable INTEGER NOT NULL,
            label TEXT,
            snapshot BLOB
        );
        INSERT INTO chats (number, id, shard, revision, sequence, unreachable)
            VALUES (\(noChat), '', \(Shard.number(ofChat: "")), -1, 0, 0);

        -- AUTOINCREMENT: a number that was pruned away must not come back as another event.
        CREATE TABLE events (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            chat INTEGER NOT NULL,
            shard INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            type TEXT NOT NULL,
            timestamp INTEGER NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (chat, sequence)
        );

        -- `recorded_at`: the newest time in the endpoint's records, which would take a scan to find.
        CREATE TABLE endpoints (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            failures INTEGER NOT NULL DEFAULT 0,
            failing_since INTEGER,
            probe_at INTEGER,
            paused INTEGER NOT NULL DEFAULT 0,
            disabled_reason TEXT,
            pending INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT 0,
            dead INTEGER NOT NULL DEFAULT 0,
            recorded_at INTEGER
        );

        CREATE TABLE pending (
            endpoint INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            event INTEGER NOT NULL,
            shard INTEGER NOT NULL,
            queued_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            PRIMARY KEY (endpoint, lane, event)
        ) WITHOUT ROWID;

        -- Exactly one row for each (endpoint, lane) that has pending rows.
        CREATE TABLE lanes (
            endpoint INTEGER NOT NULL,
            due INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            PRIMARY KEY (endpoint, due, lane)
        ) WITHOUT ROWID;

        CREATE TABLE open_attempts (
            endpoint INTEGER NOT NULL,
            event INTEGER NOT NULL,
            number INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            PRIMARY KEY (endpoint, event, number)
        ) WITHOUT ROWID;

        -- `state`: 0 delivered, 1 dead. `lane` is where a replay puts the delivery back.
        CREATE TABLE finished (
            endpoint INTEGER NOT NULL,
            event INTEGER NOT NULL,
            lane INTEGER NOT NULL,
            shard INTEGER NOT NULL,
            state INTEGER NOT NULL,
            queued_at INTEGER NOT NULL,
            finished_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            reason TEXT,
            PRIMARY KEY (endpoint, event)
        ) WITHOUT ROWID;

        -- A row for each try that ended.
        CREATE TABLE attempts (
            endpoint INTEGER NOT NULL,
            event INTEGER NOT NULL,
            number INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            duration_ms INTEGER NOT NULL,
            result TEXT NOT NULL,
            status INTEGER,
            rule TEXT NOT NULL,
            response BLOB NOT NULL,
            PRIMARY KEY (endpoint, event, number)
        ) WITHOUT ROWID;
        """
}
