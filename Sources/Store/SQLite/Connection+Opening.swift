/// Opening a file as a store: settings, identity, version.
extension Connection {
    /// Sets the writing connection up. Throws when the file is not one that this program can work with.
    func prepareForWriting(name: String) throws(StoreError) {
        do {
            try identify(name: name)
            try execute(Self.settings)
            guard try first("PRAGMA journal_mode", read: { $0.text(0) }) == "wal" else {
                throw StoreError.unusable(
                    "the store \(name) cannot be opened: its file system has no shared memory for the write-ahead log: "
                        + "name a file on a local disk in storage.path")
            }
            try migrate()
            try checkTables(name: name)
        } catch let error as StoreError {
            throw error
        } catch let error as SQLiteError {
            throw error.unusable(path: name)
        } catch {
            throw .unusable("the store \(name) cannot be opened: \(error)")
        }
    }

    func prepareForReading() throws(SQLiteError) {
        try execute("PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;")
    }

    /// Bytes that the log is cut to when it begins anew.
    static let logSizeLimit = 67_108_864

    // FULL: with NORMAL a power cut takes commits that were acknowledged.
    // A checkpoint every 16 MiB: each costs two fsyncs and writes every page once, so fewer merge more writes of a page.
    // Without secure_delete, which some builds turn on: it writes pages only to blank what was deleted.
    private static let settings = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = OFF;
        PRAGMA locking_mode = NORMAL;
        PRAGMA wal_autocheckpoint = 4096;
        PRAGMA journal_size_limit = \(logSizeLimit);
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -14336;
        PRAGMA mmap_size = 0;
        PRAGMA secure_delete = OFF;
        """

    /// Before the first write: a database of somebody else stays as it is.
    private func identify(name: String) throws {
        let application = try setting("PRAGMA application_id")
        let version = try setting("PRAGMA user_version")
        if application == Schema.applicationID {
            guard version <= Schema.migrations.count else {
                throw StoreError.unusable(
                    "the store \(name) was written by a newer belfry (schema \(version), this one knows "
                        + "\(Schema.migrations.count)): run that version, or put a backup from before in its place")
            }
            return
        }
        let isEmpty = try setting("SELECT count(*) FROM sqlite_schema") == 0
        guard application == 0, version == 0, isEmpty else {
            throw StoreError.unusable(
                "\(name) is not a store: it is the database of another program: name another file in storage.path")
        }
    }

    private func migrate() throws(SQLiteError) {
        let version = Int(try setting("PRAGMA user_version"))
        for (number, migration) in zip(1..., Schema.migrations).dropFirst(version) {
            try execute(
                """
                BEGIN IMMEDIATE;
                \(migration)
                PRAGMA application_id = \(Schema.applicationID);
                PRAGMA user_version = \(number);
                COMMIT;
                """)
        }
    }

    private func checkTables(name: String) throws {
        var present: Set<String> = []
        try rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { row in
            present.insert(row.text(0))
            return true
        }
        if let missing = Schema.tables.first(where: { !present.contains($0) }) {
            throw StoreError.unusable(
                "the store \(name) is damaged: the table \(missing) is missing: put a backup in its place, or move it away "
                    + "to begin with an empty store")
        }
    }

    private func setting(_ sql: StaticString) throws(SQLiteError) -> Int64 {
        try first(sql) { $0.integer(0) } ?? 0
    }
}
