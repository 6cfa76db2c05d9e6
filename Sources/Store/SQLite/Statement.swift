import CSQLite

/// A prepared statement. Its connection owns it: it is good for as long as that is open.
struct Statement {
    let handle: OpaquePointer

    /// Binds the parameters from `?1` on.
    @inline(__always)
    func bind<each Value: Bindable>(_ values: repeat each Value) throws(SQLiteError) {
        var index: Int32 = 0
        for value in repeat each values {
            index += 1
            try check(value.bind(to: handle, at: index))
        }
    }

    /// Whether there is a row.
    @inline(__always)
    func step() throws(SQLiteError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw failure(code)
    }

    /// Ends the statement, so that it holds no lock and can be bound anew.
    @inline(__always)
    func reset() {
        // Repeats the code of the step before, which has been seen.
        _ = sqlite3_reset(handle)
    }

    func check(_ code: Int32) throws(SQLiteError) {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> SQLiteError {
        let connection = sqlite3_db_handle(handle)
        return SQLiteError(code: sqlite3_extended_errcode(connection), connection: connection)
    }
}

/// The row that a statement stands on. Columns count from 0.
struct Row {
    fileprivate let handle: OpaquePointer

    init(_ statement: Statement) {
        handle = statement.handle
    }

    func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    func optionalInteger(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : integer(column)
    }

    /// 0 for NULL.
    func double(_ column: Int32) -> Double {
        sqlite3_column_double(handle, column)
    }

    /// Empty for NULL.
    func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int32) -> String? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : text(column)
    }

    /// Empty for NULL.
    func bytes(_ column: Int32) -> [UInt8] {
        guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
    }

    func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }
}
