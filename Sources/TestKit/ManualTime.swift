import Synchronization
package import Time

/// A clock that stands still until a test moves it.
package final class ManualTime: TimeSource {
    private struct State {
        var steady: Timestamp
        /// How far the wall clock is ahead.
        var lead: Duration = .zero
        var sleepers: [Int: Sleeper] = [:]
        var lastSleeper = 0
    }

    private struct Sleeper {
        let deadline: Timestamp
        let continuation: CheckedContinuation<Bool, Never>
    }

    private let state: Mutex<State>

    /// Starts at 2026-11-23T06:40:00Z unless told otherwise.
    package init(_ start: Timestamp = Timestamp(seconds: 1_795_416_000)) {
        state = Mutex(State(steady: start))
    }

    package var steady: Timestamp { state.withLock { $0.steady } }
    package var now: Timestamp { state.withLock { $0.steady + $0.lead } }

    /// The deadlines of those who sleep, earliest first.
    package var deadlines: [Timestamp] {
        state.withLock { $0.sleepers.values.map(\.deadline).sorted() }
    }

    /// Lets time pass and wakes whose time has come.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.steady = state.steady + duration
            let due = state.sleepers.filter { $0.value.deadline <= state.steady }
            for key in due.keys { state.sleepers[key] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in woken { sleeper.continuation.resume(returning: true) }
    }

    /// Sets the wall clock forward or back; no time passes.
    package func jump(by duration: Duration) {
        state.withLock { $0.lead += duration }
    }

    package func sleep(until deadline: Timestamp) async throws {
        let number = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        let hasPassed = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if deadline <= state.steady { return true }
                    state.sleepers[number] = Sleeper(deadline: deadline, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.continuation.resume(returning: false)
        }
        if !hasPassed { throw CancellationError() }
    }
}
