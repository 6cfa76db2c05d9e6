import CSQLite

/// The SQLite that this program is linked with.
package enum SQLiteLibrary {
    /// `3.40.1`
    package static var version: String { String(cString: sqlite3_libversion()) }

    /// Versions 3.7.0 to 3.51.2 can damage a file when two of its connections write or checkpoint at once (the WAL-reset
    /// bug). Here only one does, and no other program may: worth a line in the log.
    package static var hasWALResetBug: Bool { hasWALResetBug(versionNumber: Int(sqlite3_libversion_number())) }

    /// `versionNumber`: 3051002 stands for 3.51.2.
    static func hasWALResetBug(versionNumber: Int) -> Bool {
        (3_007_000...3_051_002).contains(versionNumber)
    }
}
