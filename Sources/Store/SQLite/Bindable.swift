import CSQLite
import Time

/// What can be a parameter of a statement.
protocol Bindable {
    /// Returns SQLite's result code.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension Int64: Bindable {
    @inline(__always)
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, self)
    }
}

extension Int: Bindable {
    @inline(__always)
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, Int64(self))
    }
}

extension Timestamp: Bindable {
    @inline(__always)
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement, index, milliseconds)
    }
}

extension Double: Bindable {
    /// SQLite knows no NaN: it becomes NULL.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_double(statement, index, self)
    }
}

extension Bool: Bindable {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        sqlite3_bind_int(statement, index, self ? 1 : 0)
    }
}

extension String: Bindable {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        var text = self
        return text.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                guard let start = characters.baseAddress else { return sqlite_bind_text_copy(statement, index, "", 0) }
                return sqlite_bind_text_copy(statement, index, start, Int32(clamping: characters.count))
            }
        }
    }
}

extension Optional: Bindable where Wrapped: Bindable {
    @inline(__always)
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .none: sqlite3_bind_null(statement, index)
        case .some(let value): value.bind(to: statement, at: index)
        }
    }
}

/// Bytes that SQLite reads where they are, without a copy. Good only until the buffer's closure ends: the statement must
/// have been stepped by then.
struct BorrowedBytes: Bindable {
    let buffer: UnsafeRawBufferPointer

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard let start = buffer.baseAddress else { return sqlite3_bind_zeroblob(statement, index, 0) }
        return sqlite_bind_blob_borrowed(statement, index, start, Int32(clamping: buffer.count))
    }
}
