import CSQLite
import Glibc

/// One connection to a database file, with the statements it has prepared. It belongs to one thread at a time.
///
/// Every statement is prepared once. It is found again by the address of its text: a literal has one.
final class Connection {
    enum Access {
        case readWrite, readOnly
    }

    /// Before the library's first use; later it is too late, and no harm.
    private static let isMemoryUncounted = sqlite_count_no_memory() == SQLITE_OK

    private let handle: OpaquePointer
    private(set) var statements: [UnsafeRawPointer: Statement] = [:]

    init(path: String, access: Access) throws(SQLiteError) {
        _ = Self.isMemoryUncounted
        var opened: OpaquePointer?
        let mode = access == .readWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        // Without the library's own mutex: a connection is never used by two threads at once.
        let code = sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let extended = opened.map(sqlite3_extended_errcode) ?? code
            let error = SQLiteError(code: extended, connection: opened)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        // Readers can meet a checkpoint, or the recovery of a file that was just opened.
        sqlite3_busy_timeout(handle, 5_000)
        if access == .readOnly {
            keepLogOnClose()
        }
    }

    deinit {
        for statement in statements.values {
            sqlite3_finalize(statement.handle)
        }
        sqlite3_close_v2(handle)
    }

    /// From here on closing copies nothing from the write-ahead log into the file.
    func keepLogOnClose() {
        _ = sqlite_keep_log_on_close(handle)
    }

    // MARK: - Statements

    /// Runs a statement without rows. Returns how many rows it inserted, changed or deleted.
    @discardableResult
    @inline(__always)
    func run<each Value: Bindable>(_ sql: StaticString, _ values: repeat each Value) throws(SQLiteError) -> Int {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(repeat each values)
        _ = try statement.step()
        return Int(sqlite3_changes(handle))
    }

    /// The first row, read by `read`; nil without one.
    @inline(__always)
    func first<Result, each Value: Bindable>(
        _ sql: StaticString, _ values: repeat each Value, read: (Row) -> Result
    ) throws(SQLiteError) -> Result? {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(repeat each values)
        return try statement.step() ? read(Row(statement)) : nil
    }

    /// Whether there is a row.
    @inline(__always)
    func exists<each Value: Bindable>(_ sql: StaticString, _ values: repeat each Value) throws(SQLiteError) -> Bool {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(repeat each values)
        return try statement.step()
    }

    /// Reads rows one after another until there are no more or `read` returns false. The same statement must not be used
    /// inside `read`.
    @inline(__always)
    func rows<each Value: Bindable>(
        _ sql: StaticString, _ values: repeat each Value, read: (Row) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(repeat each values)
        while try statement.step() {
            guard try read(Row(statement)) else { return }
        }
    }

    /// The key that the last insertion into a table with a row id was given.
    var lastInsertedNumber: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Statements that are run once and whose text is put together: schema and settings.
    func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        if code != SQLITE_OK {
            throw SQLiteError(code: sqlite3_extended_errcode(handle), connection: handle)
        }
    }

    /// Runs `body` on one state of the file; writes of others meanwhile are not seen. Inside a transaction that is what it
    /// sees anyway. Statements by themselves would each lock the file anew.
    func snapshot<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
        guard sqlite3_get_autocommit(handle) != 0 else { return try body() }
        try run("BEGIN")
        defer { _ = try? run("COMMIT") }
        return try body()
    }

    private func prepared(_ sql: StaticString) throws(SQLiteError) -> Statement {
        let key = UnsafeRawPointer(sql.utf8Start)
        if let statement = statements[key] { return statement }
        var made: OpaquePointer?
        let text = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
        let code = sqlite3_prepare_v3(
            handle, text, Int32(clamping: sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
        guard code == SQLITE_OK, let made else {
            throw SQLiteError(code: sqlite3_extended_errcode(handle), connection: handle)
        }
        let statement = Statement(handle: made)
        statements[key] = statement
        return statement
    }
}
