import Synchronization

/// Wakes one waiting task, at a time or when it is rung, whichever comes first. Rings between two waits are kept as one.
package final class Alarm: Sendable {
    private struct State {
        var isRung = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let sleeper = state.withLock { state in
            if state.sleeper == nil { state.isRung = true }
            return state.sleeper.take()
        }
        sleeper?.resume()
    }

    /// Returns when rung, at `deadline` (never, for nil), or when the task is cancelled.
    package func wait(until deadline: Timestamp?, _ time: any TimeSource) async {
        guard let deadline else { return await wait() }
        await withTaskGroup { group in
            group.addTask { await self.wait() }
            group.addTask {
                // Cancellation is a wake-up like any other: the waiter looks around and sees it.
                try? await time.sleep(until: deadline)
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Returns when rung, or when the task is cancelled.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAwake = state.withLock { state in
                    if state.isRung || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.sleeper = continuation
                    return false
                }
                if isAwake { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleeper.take() }?.resume()
        }
    }
}
