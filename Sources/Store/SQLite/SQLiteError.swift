import CSQLite
import Glibc

/// A call of SQLite that failed.
struct SQLiteError: Error, Equatable {
    /// The extended result code.
    let code: Int32
    /// SQLite's own words.
    let message: String
    /// `errno` of the system call behind it, 0 without one.
    let systemCode: Int32

    init(code: Int32, connection: OpaquePointer?) {
        self.code = code
        if let connection {
            message = String(cString: sqlite3_errmsg(connection))
            systemCode = sqlite3_system_errno(connection)
        } else {
            message = String(cString: sqlite3_errstr(code))
            systemCode = 0
        }
    }

    /// The code without what the extension adds.
    var primary: Int32 { code & 0xFF }

    /// What SQLite's documentation calls it.
    var name: String {
        primary == SQLITE_IOERR ? Self.namesOfIOErrors[code >> 8] ?? primaryName : primaryName
    }

    // What the extension of SQLITE_IOERR says, as far as it is likely; the constants are macros that Swift does not import.
    private static let namesOfIOErrors: [Int32: String] = [
        1: "SQLITE_IOERR_READ", 2: "SQLITE_IOERR_SHORT_READ", 3: "SQLITE_IOERR_WRITE", 4: "SQLITE_IOERR_FSYNC",
        5: "SQLITE_IOERR_DIR_FSYNC", 6: "SQLITE_IOERR_TRUNCATE", 7: "SQLITE_IOERR_FSTAT", 15: "SQLITE_IOERR_LOCK",
    ]

    private var primaryName: String {
        switch primary {
        case SQLITE_FULL: "SQLITE_FULL"
        case SQLITE_IOERR: "SQLITE_IOERR"
        case SQLITE_CORRUPT: "SQLITE_CORRUPT"
        case SQLITE_NOTADB: "SQLITE_NOTADB"
        case SQLITE_READONLY: "SQLITE_READONLY"
        case SQLITE_CANTOPEN: "SQLITE_CANTOPEN"
        case SQLITE_PERM: "SQLITE_PERM"
        case SQLITE_BUSY: "SQLITE_BUSY"
        case SQLITE_NOMEM: "SQLITE_NOMEM"
        case SQLITE_CONSTRAINT: "SQLITE_CONSTRAINT"
        default: "SQLite result code \(code)"
        }
    }

    /// What happened, and what to do about it, as parts of a sentence.
    private var words: (what: String, advice: String) {
        switch primary {
        case SQLITE_FULL:
            ("disk full", "free some space and start again")
        case SQLITE_IOERR where systemCode == ENOSPC || systemCode == EDQUOT:
            ("disk full", "free some space and start again")
        case SQLITE_IOERR:
            ("I/O error\(systemWords)", "look at the disk and the system's log, then start again")
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            (
                "the file is damaged, \(message)",
                "put a backup in its place, or move it away to begin with an empty store"
            )
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN:
            (
                "not permitted, \(message)\(systemWords)",
                "give the user that runs belfry write access to the file and its directory"
            )
        case SQLITE_BUSY, SQLITE_LOCKED:
            ("another program holds it locked", "end that program and start again")
        default:
            (message, "start again; if it comes back, report it with this line")
        }
    }

    private var systemWords: String {
        systemCode == 0 ? "" : ", \(String(cString: strerror(systemCode)))"
    }
}

extension SQLiteError {
    /// Said when the store can not go on.
    func unavailable(path: String) -> StoreError {
        let (what, advice) = words
        return .unavailable(
            "the store \(path) cannot be read or written: \(what) (\(name)): \(advice); nothing acknowledged was lost")
    }

    /// Said when the store can not begin.
    func unusable(path: String) -> StoreError {
        let (what, advice) = words
        return .unusable("the store \(path) cannot be opened: \(what) (\(name)): \(advice)")
    }
}
