import Synchronization

/// Closes the connections of clients that leave their answers unread. A write that waits for its client cannot look at the
/// clock itself, so it is watched from outside; and a client that never reads would otherwise hold its connection for ever.
final class ReaderWatch: Sendable {
    typealias Close = @Sendable () async throws -> Void

    private struct Entry {
        /// Nil while nothing is written.
        var begun: ContinuousClock.Instant?
        let close: Close
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var last = 0
    }

    private let patience: Duration
    private let state = Mutex(State())

    init(patience: Duration) {
        self.patience = patience
    }

    /// Begins to watch the answer to a request.
    func answer(close: @escaping Close) -> Answering {
        let number = state.withLock { state in
            state.last += 1
            state.entries[state.last] = Entry(begun: .now, close: close)
            return state.last
        }
        return Answering(watch: self, number: number)
    }

    /// Until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: patience / 4)) != nil {
            let now = ContinuousClock.now
            let late = state.withLock { state in
                state.entries.values.filter { entry in entry.begun.map { now - $0 >= patience } ?? false }
            }
            // One that fails is closed already.
            for entry in late { try? await entry.close() }
        }
    }

    /// One answer on its way. It is forgotten when its response is.
    final class Answering: Sendable {
        private let watch: ReaderWatch
        private let number: Int

        fileprivate init(watch: ReaderWatch, number: Int) {
            self.watch = watch
            self.number = number
        }

        deinit {
            watch.state.withLock { $0.entries[number] = nil }
        }

        /// A piece is about to be written.
        func begin() { set(.now) }

        /// It was taken.
        func end() { set(nil) }

        private func set(_ begun: ContinuousClock.Instant?) {
            watch.state.withLock { $0.entries[number]?.begun = begun }
        }
    }
}
