import Synchronization

/// How long a client may leave what it is sent unread. It is watched from outside: a write that waits for a client cannot
/// look at the clock itself.
final class WriteDeadline: Sendable {
    private let patience: Duration
    private let begun = Mutex<ContinuousClock.Instant?>(nil)

    init(_ patience: Duration) {
        self.patience = patience
    }

    func begin() {
        begun.withLock { $0 = .now }
    }

    func end() {
        begun.withLock { $0 = nil }
    }

    /// Returns when a write has taken too long, or when the task is cancelled.
    func expire() async {
        while !Task.isCancelled {
            let isOver = begun.withLock { begun in begun.map { ContinuousClock.now - $0 >= patience } ?? false }
            if isOver { return }
            try? await Task.sleep(for: patience / 4)
        }
    }
}
