package import Logging
package import Store
import Synchronization
package import Time

/// Removes from the store what is needed no more, once a minute.
package final class Pruner: Sendable {
    static let interval: Duration = .seconds(60)

    private let store: any Store
    private let time: any TimeSource
    private let logger: Logger
    private let policy: Mutex<PruningPolicy>
    private let fullness = Mutex(false)

    /// - `maxSize`: bytes on disk; nil for no limit.
    package init(
        store: any Store, time: any TimeSource, retention: Duration, maxSize: Int?, logger: Logger
    ) {
        self.store = store
        self.time = time
        self.logger = logger
        policy = Mutex(PruningPolicy(retention: retention, maxSize: maxSize))
    }

    /// Other bounds from now on.
    package func adopt(retention: Duration, maxSize: Int?) {
        policy.withLock { $0 = PruningPolicy(retention: retention, maxSize: maxSize) }
    }

    /// The store is at its limit with what may not be removed. Nothing is lost if polling rests meanwhile: snapshots do not
    /// advance, and the next poll shows the difference.
    package var isFull: Bool {
        fullness.withLock { $0 }
    }

    /// Prunes until cancelled. Throws when the store fails.
    package func run() async throws {
        while !Task.isCancelled {
            note(isFull: try await prune())
            do { try await time.sleep(until: time.steady + Self.interval) } catch { return }
        }
    }

    /// One round; returns whether the store is full.
    func prune() async throws(StoreError) -> Bool {
        var stage = PruningPolicy.Stage.aged
        var removed: Int?
        while !Task.isCancelled {
            let policy = policy.withLock { $0 }
            switch policy.next(stage, removed: removed, size: try await store.size(), now: time.now) {
            case .rest(let isFull):
                return isFull
            case .remove(let next, let cutoff):
                removed = try await store.prune(before: cutoff, limit: PruningPolicy.batch)
                stage = next
            }
        }
        return isFull
    }

    private func note(isFull: Bool) {
        let wasFull = fullness.withLock { full in
            defer { full = isFull }
            return full
        }
        switch (wasFull, isFull) {
        case (false, true):
            logger.warning(
                "the store has reached storage.maxSize with what still waits: polling rests until some is done")
        case (true, false):
            logger.info("the store has room again")
        case (true, true), (false, false):
            break
        }
    }
}
