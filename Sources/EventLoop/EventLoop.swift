import CLinux
import Glibc
import Synchronization

/// One thread that waits in epoll, calls handlers, and runs the jobs of the actors that live on it.
///
/// An actor moves here with `nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor()
/// }`; actors on one loop call each other without a change of threads. Nothing that runs here may block. The thread
/// lives until `shutdown()`, and keeps this object alive as long.
package final class EventLoop: SerialExecutor {
    private let runner = JobRunner()
    private let poller: Poller
    private let sources = Mutex(EventSourceTable())
    private let thread = Mutex<SystemThread?>(nil)

    package init(name: String = "event-loop") throws(SystemError) {
        poller = try Poller()
        let started = try SystemThread(name: name) { self.run() }
        thread.withLock { $0 = started }
    }

    /// Runs the jobs that are queued, then ends and joins the thread. Blocks; not to be called on the loop. Idempotent.
    package func shutdown() {
        runner.stop()
        poller.wake()
        thread.withLock { $0 }?.join()
    }

    /// A place for a handler, its descriptors and its deadline.
    package func makeSource() -> Source {
        Source(loop: self, index: sources.withLock { $0.reserve() })
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        enqueue(QueuedJob(job, on: asUnownedSerialExecutor()))
    }

    func enqueue(_ job: QueuedJob) {
        if runner.enqueue(job) { poller.wake() }
    }

    package func isIsolatingCurrentContext() -> Bool? {
        runner.isCurrent
    }

    package func checkIsolated() {
        precondition(runner.isCurrent, "not on the thread of this event loop")
    }

    // MARK: - The turn

    /// How many batches of jobs may follow each other before descriptors get their turn.
    private static let maximumBatches = 16

    private func run() {
        runner.adopt()
        var batch: [QueuedJob] = []
        let buffer = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: 512)
        defer { buffer.deallocate() }
        while true {
            var departure = runner.runPending(batch: &batch)
            for _ in 0..<Self.maximumBatches where departure == .run {
                departure = runner.runPending(batch: &batch)
            }
            if departure == .exit { return }
            let hasJobs = departure == .run
            let (handlers, deadline) = sources.withLock { ($0.handlers, $0.earliestDeadline) }
            poller.wait(milliseconds: hasJobs ? 0 : Self.milliseconds(until: deadline), buffer: buffer) { event in
                handlers[event.source]?.descriptor(event.descriptor, isReadyFor: event.readiness)
            }
            runner.wake()
            passDeadlines(handlers)
            for handler in handlers {
                handler?.turnEnded()
            }
        }
    }

    private func passDeadlines(_ handlers: [(any EventHandler)?]) {
        guard sources.withLock({ $0.earliestDeadline }) != nil else { return }
        let now = Self.now()
        while let source = sources.withLock({ $0.takeDue(at: now) }) {
            guard handlers.indices.contains(source) else { continue }
            handlers[source]?.deadlinePassed()
        }
    }

    /// Rounded up: a timer that fires a fraction of a millisecond early finds nothing due and spins.
    private static func milliseconds(until deadline: UInt64?) -> Int32 {
        guard let deadline else { return -1 }
        let now = now()
        guard deadline > now else { return 0 }
        return Int32(clamping: (deadline - now + 999_999) / 1_000_000)
    }

    /// A century at most, which is as good as for ever and cannot overflow.
    static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(min(seconds, 3_155_760_000)) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    fileprivate static func now() -> UInt64 {
        UInt64(linux_clock_nanoseconds(CLOCK_MONOTONIC))
    }
}

extension EventLoop {
    /// One handler's part of a loop. Deadlines are set on the loop's thread; the rest may be called from any.
    package struct Source: Sendable {
        fileprivate let loop: EventLoop
        fileprivate let index: Int

        /// Hands the handler over to the loop, which keeps it alive until `detach`.
        package func attach(_ handler: any EventHandler) {
            loop.sources.withLock { $0.setHandler(handler, at: index) }
        }

        /// Lets go of the handler. Its descriptors are the handler's to remove or close.
        package func detach() {
            loop.sources.withLock { $0.setHandler(nil, at: index) }
        }

        /// Watches a descriptor, level-triggered, in place of what it was watched for before. `isNew` says that it
        /// was not watched: a hint that saves a system call.
        package func watch(_ descriptor: Int32, for readiness: Readiness, isNew: Bool) {
            loop.poller.watch(descriptor, for: readiness, source: index, isNew: isNew)
        }

        package func unwatch(_ descriptor: Int32) {
            loop.poller.unwatch(descriptor)
        }

        /// Sets the one deadline, in place of the former; `nil` clears it.
        package func setDeadline(after delay: Duration?) {
            let deadline = delay.map { EventLoop.now() &+ EventLoop.nanoseconds($0) }
            loop.sources.withLock { $0.setDeadline(deadline, at: index) }
        }
    }
}
