import EventLoop
import Time

/// A read-only connection on a thread of its own, for what may take long: the writer never waits for it.
actor SQLiteReader {
    private let name: String
    private let health: StoreHealth
    private let thread: BlockingThread
    private var connection: Connection?
    /// Up to where the last search for prunable events got.
    private var pruneCursor: Int64 = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(name: String, health: StoreHealth, threadName: String) throws(StoreError) {
        self.name = name
        self.health = health
        thread = try BlockingThread.start(threadName, for: name)
    }

    /// The file must be open for writing already: that makes the log and the shared memory that a reader needs.
    func connect(to path: String) throws(StoreError) {
        do {
            let opened = try Connection(path: path, access: .readOnly)
            try opened.prepareForReading()
            connection = opened
        } catch {
            throw error.unusable(path: name)
        }
    }

    nonisolated func close() async {
        await disconnect()
        thread.shutdown()
    }

    private func disconnect() {
        connection = nil
    }

    // MARK: - Queries

    /// Looks for events older than `before` without pending deliveries, on from where the last call got, once around at
    /// most.
    func prunable(before: Timestamp, limit: Int) throws(StoreError) -> [Int64] {
        let start = pruneCursor
        let found = try read { connection throws(SQLiteError) in
            try connection.prunable(before: before, limit: limit, from: start)
        }
        pruneCursor = found.cursor
        return found.events
    }

    /// Writes a compact copy into an empty file. A failure is the copy's and not the store's.
    func vacuum(into path: String) throws(StoreError) {
        try health.check()
        guard let connection else { throw .closed }
        do {
            try connection.run("VACUUM INTO ?1", path)
        } catch {
            throw .unusable("the copy \(path) cannot be written: \(error.message) (\(error.name))")
        }
    }

    /// Runs `body` on one state of the file.
    func read<Result: Sendable>(
        _ body: @Sendable (Connection) throws(SQLiteError) -> Result
    ) throws(StoreError) -> Result {
        try health.check()
        guard let connection else { throw .closed }
        do {
            return try connection.snapshot { () throws(SQLiteError) in try body(connection) }
        } catch {
            throw health.fail(error.unavailable(path: name))
        }
    }
}

extension BlockingThread {
    /// `name`: the store's, for the message.
    static func start(_ threadName: String, for name: String) throws(StoreError) -> BlockingThread {
        do {
            return try BlockingThread(name: threadName)
        } catch {
            throw .unusable("the store \(name) cannot be opened: no thread for it: \(error)")
        }
    }
}
