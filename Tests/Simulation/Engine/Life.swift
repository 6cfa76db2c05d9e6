import Synchronization
import Time

/// The time of one process on the agenda. When it ends, whoever waits is woken and told so; nothing waits afterwards.
final class Life: Sendable {
    private struct Sleeper {
        var continuation: CheckedContinuation<Bool, Never>
        var entry: Int
    }

    private struct State {
        var isOver = false
        var sleepers: [Int: Sleeper] = [:]
        var last = 0
    }

    let number: Int
    let agenda: Agenda
    private let state = Mutex(State())

    init(number: Int, agenda: Agenda) {
        self.number = number
        self.agenda = agenda
    }

    var isOver: Bool { state.withLock { $0.isOver } }

    /// All of memory is lost.
    func end() {
        let sleepers = state.withLock { state in
            state.isOver = true
            let sleepers = state.sleepers.sorted { $0.key < $1.key }.map(\.value)
            state.sleepers = [:]
            return sleepers
        }
        for sleeper in sleepers {
            agenda.cancel(sleeper.entry)
            sleeper.continuation.resume(returning: false)
        }
    }

    /// Waits, whatever becomes of the task. False when the life is over.
    func wait(until time: Timestamp) async -> Bool {
        let number = nextNumber()
        return await suspend(as: number, until: time, isCancelled: false)
    }

    /// Waits until the time or the task's cancellation. False when the task was cancelled or the life is over.
    func waitUnlessCancelled(until time: Timestamp) async -> Bool {
        let number = nextNumber()
        return await withTaskCancellationHandler {
            await suspend(as: number, until: time, isCancelled: Task.isCancelled)
        } onCancel: {
            wake(number, false)
        }
    }

    private func nextNumber() -> Int {
        state.withLock { state in
            state.last += 1
            return state.last
        }
    }

    private func suspend(as number: Int, until time: Timestamp, isCancelled: Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            let isAsleep = state.withLock { state in
                guard !state.isOver, !isCancelled else { return false }
                let entry = agenda.plan(at: time) { self.wake(number, true) }
                state.sleepers[number] = Sleeper(continuation: continuation, entry: entry)
                return true
            }
            if !isAsleep { continuation.resume(returning: false) }
        }
    }

    private func wake(_ number: Int, _ hasPassed: Bool) {
        guard let sleeper = state.withLock({ $0.sleepers.removeValue(forKey: number) }) else { return }
        if !hasPassed { agenda.cancel(sleeper.entry) }
        sleeper.continuation.resume(returning: hasPassed)
    }
}
