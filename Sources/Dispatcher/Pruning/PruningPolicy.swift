import Time

/// What is to be removed from the store: what has outlived its retention, and more when the store grows too big.
struct PruningPolicy: Sendable {
    /// How many events go in one transaction: few enough that a delivery hardly waits.
    static let batch = 500

    var retention: Duration
    /// Bytes; nil for no limit.
    var maxSize: Int?

    /// A round begins with what is old; only when that is not enough, what is finished goes early, oldest first.
    enum Stage: Sendable, Equatable {
        case aged, early
    }

    enum Step: Sendable, Equatable {
        case remove(Stage, before: Timestamp)
        /// Until the next round. Full: all that could go is gone, and it is still too much.
        case rest(isFull: Bool)
    }

    /// - `removed`: how many events the last step of this stage removed; nil before its first.
    func next(_ stage: Stage, removed: Int?, size: Int, now: Timestamp) -> Step {
        let isExhausted = removed.map { $0 < Self.batch } ?? false
        switch stage {
        case .aged where !isExhausted:
            return .remove(.aged, before: now - retention)
        case .aged:
            guard let maxSize, size > maxSize else { return .rest(isFull: false) }
            return .remove(.early, before: now)
        case .early:
            // Down to nine tenths, or the next minute would begin where this one began.
            guard let maxSize, size > maxSize / 10 * 9 else { return .rest(isFull: false) }
            return isExhausted ? .rest(isFull: size > maxSize) : .remove(.early, before: now)
        }
    }
}
