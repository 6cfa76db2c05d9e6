import CSQLite

/// The SQLite that this program is linked with.
package enum SQLiteLibrary {
    /// `3.40.1`
    package static var version: String { String(cString: sqlite3_libversion()) }
}
