import CLinux
import Glibc
import Synchronization

/// Sleep for tasks, kept by a loop: one descriptor for all of them, and no thread beside the loop's.
///
/// The runtime's own sleep has a thread of its own, which is woken for every deadline that is set, reached or given up. That is
/// much of what a poll costs that finds nothing.
package final class LoopTimer: Sendable {
    private typealias Queue = SleeperQueue<CheckedContinuation<Bool, Never>>

    private struct State {
        var queue = Queue()
        /// For when the descriptor is set.
        var setting: UInt64?
        var isClosed = false
    }

    private let source: EventLoop.Source
    private let descriptor: Int32
    private let state = Mutex(State())

    /// The loop keeps the timer until `close()`.
    package init(loop: EventLoop) throws(SystemError) {
        // A suspended machine's sleep counts too: what fell due meanwhile is due on waking.
        descriptor = timerfd_create(CLOCK_BOOTTIME, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
        guard descriptor >= 0 else { throw SystemError("timerfd_create") }
        source = loop.makeSource()
        source.attach(self)
        source.watch(descriptor, for: .read, isNew: true)
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Returns after `duration`, or when the timer is closed; throws when the task is cancelled.
    package func sleep(for duration: Duration) async throws(CancellationError) {
        let deadline = Self.now() &+ EventLoop.nanoseconds(duration)
        let ticket = state.withLock { $0.queue.ticket(until: deadline) }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isClosed = state.withLock { state in
                    guard !state.isClosed else { return true }
                    state.queue.insert(continuation, ticket)
                    set(&state)
                    return false
                }
                if isClosed { continuation.resume(returning: true) }
                // A cancellation that came before has found nobody asleep.
                if Task.isCancelled { self.cancel(ticket) }
            }
        } onCancel: {
            self.cancel(ticket)
        }
        guard isOver else { throw CancellationError() }
    }

    /// Wakes all who sleep, and whoever comes later at once.
    package func close() {
        let sleepers = state.withLock { state in
            state.isClosed = true
            return state.queue.takeDue(at: .max)
        }
        source.unwatch(descriptor)
        source.detach()
        for sleeper in sleepers { sleeper.resume(returning: true) }
    }

    private func cancel(_ ticket: Queue.Ticket) {
        // The descriptor stays as it is set: a ring in vain costs less than to set it at every cancellation.
        state.withLock { $0.queue.remove(ticket) }?.resume(returning: false)
    }

    private func ring() {
        let sleepers = state.withLock { state in
            let due = state.queue.takeDue(at: Self.now())
            // It stays ready until it is set again, or to nothing.
            state.setting = state.queue.earliest
            linux_set_timer(descriptor, state.setting ?? 0)
            return due
        }
        for sleeper in sleepers { sleeper.resume(returning: true) }
    }

    private func set(_ state: inout State) {
        guard let earliest = state.queue.earliest, earliest != state.setting else { return }
        state.setting = earliest
        linux_set_timer(descriptor, earliest)
    }

    private static func now() -> UInt64 {
        UInt64(linux_clock_nanoseconds(CLOCK_BOOTTIME))
    }
}

extension LoopTimer: EventHandler {
    package func descriptor(_ descriptor: Int32, isReadyFor readiness: Readiness) {
        ring()
    }

    package func deadlinePassed() {}

    package func turnEnded() {}
}
