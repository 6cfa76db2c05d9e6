/// Decides each answer and keeps the counts. It remembers every id: a receiver for trials, not for years.
struct Ledger: Sendable {
    private struct Appearances: Sendable {
        var seen = 0
        var accepted = 0
    }

    let behaviour: Behaviour
    private(set) var counts = ReceiverCounts()
    private var appearances: [String: Appearances] = [:]

    init(behaviour: Behaviour) {
        self.behaviour = behaviour
    }

    mutating func enter(id: String?, verification: Receipt.Verification) -> (status: Int, timesSeen: Int) {
        counts.received += 1
        let status = status(after: verification)
        let isAccepted = (200..<300).contains(status)
        if isAccepted { counts.accepted += 1 }
        guard let id else { return (status, 1) }
        var entry = appearances[id] ?? Appearances()
        entry.seen += 1
        if isAccepted {
            entry.accepted += 1
            if entry.accepted > 1 { counts.duplicates += 1 }
        }
        appearances[id] = entry
        return (status, entry.seen)
    }

    mutating func enterOversized() {
        counts.received += 1
        counts.refused += 1
    }

    private mutating func status(after verification: Receipt.Verification) -> Int {
        switch verification {
        case .refused:
            counts.refused += 1
            return 401
        case .verified: counts.verified += 1
        case .notChecked: break
        }
        guard behaviour.fails(counts.received) else { return behaviour.status }
        counts.failed += 1
        return behaviour.failureStatus
    }
}
