import Deliveries
import Time

/// The one connection that writes, and what must be remembered between statements. Its methods are the queries, a file for
/// each group; none of them begins or ends a transaction.
///
/// What can refuse a write (a stale revision, a delivery that is no longer pending) is looked at before anything is written,
/// so writes of several callers share a transaction without one undoing another's.
final class WritingSession {
    let database: Connection
    let file: StoreFile
    private var endpointNumbers: [String: Int64] = [:]
    private var tallies: [Int64: Tally] = [:]
    private var filePresence: FilePresence
    private var logPresence: FilePresence
    /// Bytes of the log at which it is next copied into the file.
    private var nextCopying = 2 * Connection.logSizeLimit
    /// The newest time that a claimer has named: its clock, as opposed to the clock that stamps events.
    var newestClaim: Timestamp?

    init(opening name: String) throws(StoreError) {
        file = try StoreFile(name)
        do {
            database = try Connection(path: file.path, access: .readWrite)
        } catch {
            throw error.unusable(path: name)
        }
        try database.prepareForWriting(name: name)
        filePresence = FilePresence(file.path)
        logPresence = FilePresence(file.logPath, keptSize: Connection.logSizeLimit)
    }

    // MARK: - Transactions

    func begin() throws(SQLiteError) {
        try database.run("BEGIN IMMEDIATE")
    }

    func commit() throws(SQLiteError) {
        try writeTallies()
        try database.run("COMMIT")
    }

    /// Throws when somebody else did something to the files since the last look.
    func checkFiles() throws(StoreError) {
        for (path, harm) in [(file.name, filePresence.harm()), (file.name + "-wal", logPresence.harm())] {
            guard let harm else { continue }
            throw .unavailable(
                "the store \(file.name) cannot go on: \(path) was \(harm) by somebody else while it was open: put it back, or "
                    + "a backup in its place, and start again")
        }
    }

    /// Copies the log into the file once it is much larger than SQLite lets it become. Where SQLite itself copies it, it says
    /// nothing of failures, and the log would grow for ever; here they are thrown. A reader that takes its time is none.
    func copyLargeLog() throws(SQLiteError) {
        guard logPresence.size >= nextCopying else { return }
        nextCopying = logPresence.size + Connection.logSizeLimit / 4
        try database.run("PRAGMA wal_checkpoint(PASSIVE)")
    }

    /// After a failure: nothing more is to reach the file, see `Connection.keepLogOnClose`.
    func abandon() {
        database.keepLogOnClose()
        _ = try? database.run("ROLLBACK")
    }

    /// Leaves one file, and nothing to recover for the next start. What is in the log is as safe there.
    func checkpoint() {
        _ = try? database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Once per transaction and endpoint, however many rows came and went.
    func writeTallies() throws(SQLiteError) {
        for (endpoint, tally) in tallies {
            try database.run(
                """
                UPDATE endpoints SET pending = pending + ?2, delivered = delivered + ?3, dead = dead + ?4,
                    recorded_at = max(ifnull(recorded_at, ?5), ifnull(?5, recorded_at))
                WHERE number = ?1
                """, endpoint, tally.pending, tally.delivered, tally.dead, tally.recordedAt)
        }
        tallies.removeAll(keepingCapacity: true)
    }

    /// By how much a transaction changes an endpoint's counts.
    struct Tally {
        var pending = 0
        var delivered = 0
        var dead = 0
        var recordedAt: Timestamp?

        mutating func record(at time: Timestamp) {
            recordedAt = max(recordedAt ?? time, time)
        }
    }

    func tally(_ endpoint: Int64, _ change: (inout Tally) -> Void) {
        change(&tallies[endpoint, default: Tally()])
    }

    // MARK: - Endpoints' numbers

    /// The number of an endpoint, which is given one when it is new.
    func endpointNumber(_ name: String) throws(SQLiteError) -> Int64 {
        if let number = endpointNumbers[name] { return number }
        try database.run("INSERT OR IGNORE INTO endpoints (name) VALUES (?1)", name)
        let number = try database.first("SELECT number FROM endpoints WHERE name = ?1", name) { $0.integer(0) } ?? 0
        endpointNumbers[name] = number
        return number
    }

    /// Of an endpoint whose row is gone: its number and its name may be given to others, in this very transaction.
    func forget(endpoint: Int64) {
        tallies[endpoint] = nil
        endpointNumbers = endpointNumbers.filter { $0.value != endpoint }
    }

    /// Nil when it was never registered.
    func knownEndpointNumber(_ name: String) throws(SQLiteError) -> Int64? {
        try database.first("SELECT number FROM endpoints WHERE name = ?1", name) { $0.integer(0) }
    }
}
