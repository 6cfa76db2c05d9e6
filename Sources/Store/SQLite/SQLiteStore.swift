package import Chats
package import Deliveries
import EventLoop
package import Time

/// A store in one SQLite file, which one process at a time may open.
///
/// One connection writes, on a thread of its own. Another one reads for listings, on a second thread, so that a long listing
/// holds up no delivery. Whoever opens a store closes it: its threads live until then.
package actor SQLiteStore: Store {
    /// As the operator wrote it.
    package nonisolated let path: String
    private let thread: BlockingThread
    private let reader: SQLiteReader
    private let health: StoreHealth
    private var session: WritingSession?
    private var transaction = Transaction()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// A transaction that is being filled, and who waits for its end.
    private struct Transaction {
        var isOpen = false
        var waiters: [CheckedContinuation<Result<Void, StoreError>, Never>] = []
    }

    private init(path: String) throws(StoreError) {
        self.path = path
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
    package static func open(path: String) async throws(StoreError) -> SQLiteStore {
        let store = try SQLiteStore(path: path)
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
    /// So it takes in whatever arrived while the one before was written, and a lone call waits for nobody.
    private func write<Value>(
        _ body: (WritingSession) throws(SQLiteError) -> Value
    ) async throws(StoreError) -> Value {
        let session = try usableSession()
        let value: Value
        do {
            if !transaction.isOpen {
                try session.begin()
                transaction.isOpen = true
                Task { self.commitTransaction() }
            }
            value = try body(session)
        } catch {
            throw fail(error)
        }
        try await committed()
        return value
    }

    /// Runs `body` on what is written so far, and returns when none of that can be lost any more.
    private func read<Value>(
        _ body: (WritingSession) throws(SQLiteError) -> Value
    ) async throws(StoreError) -> Value {
        let session = try usableSession()
        let value: Value
        do {
            value = try body(session)
        } catch {
            throw fail(error)
        }
        if transaction.isOpen { try await committed() }
        return value
    }

    private func usableSession() throws(StoreError) -> WritingSession {
        try health.check()
        guard let session else { throw .closed }
        return session
    }

    private func committed() async throws(StoreError) {
        try await withCheckedContinuation { transaction.waiters.append($0) }.get()
    }

    private func commitTransaction() {
        guard transaction.isOpen, let session else { return }
        do {
            try session.commit()
            endTransaction(with: .success(()))
        } catch {
            _ = fail(error)
        }
    }

    /// The first failure is the last thing this store does: a write that failed may still have reached the disk, and only
    /// opening the file again tells.
    private func fail(_ error: SQLiteError) -> StoreError {
        let failure = health.fail(error.unavailable(path: path))
        session?.abandon()
        endTransaction(with: .failure(failure))
        return failure
    }

    private func endTransaction(with result: Result<Void, StoreError>) {
        let waiters = transaction.waiters
        transaction = Transaction()
        for waiter in waiters {
            waiter.resume(returning: result)
        }
    }
}

// MARK: - Watching

extension SQLiteStore {
    package func chatState(_ id: String) async throws(StoreError) -> ChatState? {
        try await read { session throws(SQLiteError) in try session.chatState(id) }
    }

    package func commit(_ advance: Advance, to subscriptions: Subscriptions) async throws(StoreError) {
        let isNext = try await write { session throws(SQLiteError) in try session.commit(advance, to: subscriptions) }
        if !isNext { throw .stale(chat: advance.state.id) }
    }

    package func announce(
        _ change: Change, at time: Timestamp, to subscriptions: Subscriptions
    ) async throws(StoreError) -> Event {
        try await write { session throws(SQLiteError) in try session.announce(change, at: time, to: subscriptions) }
    }
}

// MARK: - Endpoints

extension SQLiteStore {
    package func register(endpoints: [String]) async throws(StoreError) -> [EndpointState] {
        try await write { session throws(SQLiteError) in try session.register(endpoints) }
    }

    package func save(_ state: EndpointState) async throws(StoreError) {
        try await write { session throws(SQLiteError) in try session.save(state) }
    }

    package func endpointStates() async throws(StoreError) -> [EndpointState] {
        try await read { session throws(SQLiteError) in try session.endpointStates() }
    }
}

// MARK: - Delivering

extension SQLiteStore {
    /// Rows that one transaction looks at in work that may concern millions: others get their turn in between.
    private static let step = 1_000

    package func claim(_ request: ClaimRequest) async throws(StoreError) -> Claim {
        try await read { session throws(SQLiteError) in try session.claim(request) }
    }

    package func record(_ entry: LedgerEntry) async throws(StoreError) {
        if entry.isEmpty { return }
        try await write { session throws(SQLiteError) in try session.record(entry) }
    }

    package func expedite(endpoint: Int64, at time: Timestamp) async throws(StoreError) -> Int {
        var moved = 0
        var cursor: WritingSession.FiledLane?
        repeat {
            let behind = cursor
            let step = try await write { session throws(SQLiteError) in
                try session.expedite(endpoint: endpoint, at: time, behind: behind, limit: Self.step)
            }
            moved += step.moved
            cursor = step.next
        } while cursor != nil
        return moved
    }

    package func replay(_ selection: ReplaySelection, at time: Timestamp) async throws(StoreError) -> Int {
        switch selection {
        case .deliveries(let ids):
            return try await write { session throws(SQLiteError) in try session.replay(ids, at: time) }
        case .endpoint(let name, let state, let since, let until):
            guard let state = FinishedState(state), since ?? .distantPast < until ?? .distantFuture else { return 0 }
            let happened = (since ?? .distantPast)..<(until ?? .distantFuture)
            return try await replay(endpoint: name, state: state, happened: happened, at: time)
        }
    }

    private func replay(
        endpoint name: String, state: FinishedState, happened: Range<Timestamp>, at time: Timestamp
    ) async throws(StoreError) -> Int {
        let number = try await read { session throws(SQLiteError) in try session.knownEndpointNumber(name) }
        guard let number else { return 0 }
        var replayed = 0
        var cursor: Int64? = 0
        while let behind = cursor {
            let step = try await write { session throws(SQLiteError) in
                try session.replay(
                    endpoint: number, state: state, happened: happened, behind: behind, limit: Self.step, at: time)
            }
            replayed += step.replayed
            cursor = step.next
        }
        return replayed
    }
}

extension Timestamp {
    fileprivate static let distantPast = Timestamp(milliseconds: .min)
    fileprivate static let distantFuture = Timestamp(milliseconds: .max)
}

// MARK: - Keeping

extension SQLiteStore {
    package func recover(at time: Timestamp) async throws(StoreError) -> Recovery {
        try await write { session throws(SQLiteError) in try session.recover(at: time) }
    }

    package func prune(before: Timestamp, limit: Int) async throws(StoreError) -> Int {
        let events = try await reader.prunable(before: before, limit: limit)
        if events.isEmpty { return 0 }
        return try await write { session throws(SQLiteError) in try session.prune(events) }
    }

    package func size() async throws(StoreError) -> Int {
        try await read { session throws(SQLiteError) in try session.size() }
    }

    /// Writes a consistent copy to a new file (0600) while the store is in use. Throws `.unusable` for a failure of the
    /// copy, which concerns the store itself no further.
    package nonisolated func backup(to destination: String) async throws(StoreError) {
        let source = try await filePath()
        let backup = try SQLiteReader(name: path, health: health, threadName: "store-backup")
        let result: Result<Void, StoreError>
        do {
            try await backup.connect(to: source)
            try await backup.copy(to: destination)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await backup.close()
        try result.get()
    }

    private func filePath() throws(StoreError) -> String {
        try usableSession().file.path
    }
}

// MARK: - Looking

extension SQLiteStore {
    package nonisolated func events(_ query: EventQuery) async throws(StoreError) -> [EventRecord] {
        try await reader.events(query)
    }

    package nonisolated func deliveries(_ query: DeliveryQuery) async throws(StoreError) -> [DeliveryRecord] {
        try await reader.deliveries(query)
    }

    package nonisolated func delivery(
        _ id: DeliveryID
    ) async throws(StoreError) -> (record: DeliveryRecord, attempts: [Attempt])? {
        try await reader.delivery(id)
    }
}
