package import Chats
package import Deliveries
package import Time

// The promises are the protocol's: see `Store`.
extension SQLiteStore: Store {}

// MARK: - Watching

extension SQLiteStore {
    package func chatState(_ id: String) async throws(StoreError) -> ChatState? {
        try await read { session throws(SQLiteError) in try session.chatState(id) }
    }

    /// What is to be written is put into bytes by the caller's thread: the writer has enough to do.
    package nonisolated func commit(_ advance: Advance, to subscriptions: Subscriptions) async throws(StoreError) {
        let isNext = try await commit(StoredAdvance(advance, to: subscriptions))
        if !isNext { throw .stale(chat: advance.state.id) }
    }

    private func commit(_ advance: StoredAdvance) async throws(StoreError) -> Bool {
        try await write { session throws(SQLiteError) in try session.commit(advance) }
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

    package func drop(endpoint name: String) async throws(StoreError) -> Int {
        var dropped = 0
        while true {
            let step = try await write { session throws(SQLiteError) in
                try session.drop(endpoint: name, limit: Self.step)
            }
            dropped += step.pending
            if step.isEnd { return dropped }
        }
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
            guard let state = FinishedState(state) else { return 0 }
            return try await replay(
                endpoint: name, state: state, happened: Happened(since: since, until: until), at: time)
        }
    }

    private func replay(
        endpoint name: String, state: FinishedState, happened: Happened, at time: Timestamp
    ) async throws(StoreError) -> Int {
        let start = try await read { session throws(SQLiteError) in
            (
                endpoint: try session.knownEndpointNumber(name),
                events: try session.database.eventNumbers(since: happened.since, until: happened.until)
            )
        }
        guard let number = start.endpoint else { return 0 }
        var replayed = 0
        var rest = start.events
        while let events = rest {
            let step = try await write { session throws(SQLiteError) in
                try session.replay(
                    endpoint: number, state: state, happened: happened, in: events, limit: Self.step, at: time)
            }
            replayed += step.replayed
            rest = step.rest
        }
        return replayed
    }
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
