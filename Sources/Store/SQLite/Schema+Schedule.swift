extension Schema {
    /// From version 1 to 2: what the schedule learned.
    ///
    /// `schedule` has one row. Rates have a table of their own, keyed by the chats' ids: a chat is polled before it has a row in
    /// `chats`, and a chat's row with its snapshot is not to be rewritten at every poll.
    static let schedule = """
        CREATE TABLE schedule (
            number INTEGER PRIMARY KEY CHECK (number = 1),
            month_start INTEGER,
            calls INTEGER,
            refused INTEGER,
            organization BLOB
        );
        INSERT INTO schedule (number) VALUES (1);

        CREATE TABLE schedule_rates (
            chat TEXT PRIMARY KEY,
            shard INTEGER NOT NULL,
            changes REAL NOT NULL,
            exposure REAL NOT NULL,
            last_poll INTEGER NOT NULL
        ) WITHOUT ROWID;
        """
}
