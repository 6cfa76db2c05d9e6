import EventLoop

/// A store in one SQLite file, which one process at a time may open.
///
/// One connection writes, on a thread of its own. Another one reads for listings, on a second thread, so that a long listing
/// holds up no delivery. Whoever opens a store closes it: its threads live until then.
package actor SQLiteStore {
    /// As the operator wrote it.
    package nonisolated let path: String
    private let thread: BlockingThread
    let reader: SQLiteReader
    let health: StoreHealth
    private var session: WritingSession?
    private let onCommit: @Sendable (Duration) -> Void
    private var transaction = Transaction()
    private var lastCommitted = -1
    /// How many waited for the last transaction.
    private var lastWaiters = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// A transaction that is being filled, and who waits for its end.
    private struct Transaction {
        /// Counts them, open or to come.
        var number = 0
        var isOpen = false
        var waiters: [CheckedContinuation<Result<Void, StoreError>, Never>] = []
    }

    private init(path: String, onCommit: @escaping @Sendable (Duration) -> Void) throws(StoreError) {
        self.path = path
        self.onCommit = onCommit
        health = StoreHealth()
        thread = try BlockingThread.start("store", for: path)
        do {
            reader = try SQLiteReader(name: path, health: health, threadName: "store-reader")
        } catch {
            thread.shutdown()
            throw error
        }
    }

    /// Opens the file, makes it if it is missing, and brings an older one up to date. Throws `.unusable`.
    ///
    /// `onCommit` is told how long each transaction that was written took to reach the disk. It is called on the writing
    /// thread, before those who wait for the transaction go on: it must be brief.
    package static func open(
        path: String, onCommit: @escaping @Sendable (Duration) -> Void = { _ in }
    ) async throws(StoreError) -> SQLiteStore {
        let store = try SQLiteStore(path: path, onCommit: onCommit)
        do {
            let file = try await store.openForWriting()
            try await store.reader.connect(to: file)
        } catch {
            await store.close()
            throw error
        }
        return store
    }

    /// Returns the file's path without links.
    private func openForWriting() throws(StoreError) -> String {
        let opened = try WritingSession(opening: path)
        session = opened
        return opened.file.path
    }

    package nonisolated func close() async {
        let isSound = await end()
        await reader.close()
        await disconnect(isSound: isSound)
        thread.shutdown()
    }

    /// Writes what was begun; from here on calls throw.
    private func end() -> Bool {
        commitTransaction()
        return health.close()
    }

    private func disconnect(isSound: Bool) {
        if isSound { session?.checkpoint() }
        session = nil
    }

    // MARK: - Group commit

    /// Runs `body` in the open transaction, or begins one, and returns when that is committed.
    ///
    /// The transaction stays open for the calls that are waiting for the thread already: its commit queues up behind them.
    /// So it takes in whatever arrived while the one before was written, and a lone call waits for nobody. Several callers
    /// that were let go together are likely to come again together: then the commit goes by the pool of threads first, so that
    /// it does not get ahead of them.
    func write<Value>(
        _ body: (WritingSession) throws(SQLiteError) -> Value
    ) async throws(StoreError) -> Value {
        let session = try usableSession()
        let value: Value
        do {
            if !transaction.isOpen {
                try session.begin()
                transaction.isOpen = true
                let isInCompany = lastWaiters > 1
                Task {
                    if isInCompany { await Self.visitPool() }
                    self.commitTransaction()
                }
            }
            value = try body(session)
        } catch {
            throw fail(error.unavailable(path: path))
        }
        try await end(of: transaction.number)
        return value
    }

    /// Runs `body` on what is written so far, and returns when none of that can be lost any more.
    func read<Value>(
        _ body: (WritingSession) throws(SQLiteError) -> Value
    ) async throws(StoreError) -> Value {
        let session = try usableSession()
        let value: Value
        do {
            value = try body(session)
        } catch {
            throw fail(error.unavailable(path: path))
        }
        if transaction.isOpen { try await end(of: transaction.number) }
        return value
    }

    func usableSession() throws(StoreError) -> WritingSession {
        try health.check()
        guard let session else { throw .closed }
        return session
    }

    /// Comes back behind all that is queued for the pool now.
    @concurrent private static func visitPool() async {
        await Task.yield()
    }

    /// Returns when the transaction of that number is committed. It may be by the time this begins: whoever awaits lets others
    /// go first.
    private func end(of number: Int) async throws(StoreError) {
        try await withCheckedContinuation { continuation in
            if number == transaction.number {
                transaction.waiters.append(continuation)
            } else {
                continuation.resume(returning: outcome(of: number))
            }
        }.get()
    }

    private func outcome(of number: Int) -> Result<Void, StoreError> {
        if number <= lastCommitted { return .success(()) }
        return Result { () throws(StoreError) in try health.check() }
    }

    private func commitTransaction() {
        guard transaction.isOpen, let session else { return }
        let start = ContinuousClock.now
        do throws(StoreError) {
            try commit(session)
            onCommit(ContinuousClock.now - start)
            lastCommitted = transaction.number
            endTransaction(with: .success(()))
        } catch {
            fail(error)
        }
    }

    /// Looks at the files before, as a commit makes one that was cut short as long as it was; and after, so that what is
    /// acknowledged stands in those that the next start finds.
    private func commit(_ session: WritingSession) throws(StoreError) {
        try session.checkFiles()
        do throws(SQLiteError) {
            try session.commit()
            try session.copyLargeLog()
        } catch {
            throw error.unavailable(path: path)
        }
        try session.checkFiles()
    }

    /// The first failure is the last thing this store does: a write that failed may still have reached the disk, and only
    /// opening the file again tells.
    @discardableResult
    private func fail(_ error: StoreError) -> StoreError {
        let failure = health.fail(error)
        session?.abandon()
        endTransaction(with: .failure(failure))
        return failure
    }

    private func endTransaction(with result: Result<Void, StoreError>) {
        let waiters = transaction.waiters
        lastWaiters = waiters.count
        transaction = Transaction(number: transaction.number + 1)
        for waiter in waiters {
            waiter.resume(returning: result)
        }
    }
}
