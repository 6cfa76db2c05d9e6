import Synchronization

/// A thread of its own for an actor whose work blocks: a database, `fsync`, file reads.
///
/// The cooperative pool has one thread a core, so a blocking call there stalls every other task. An actor moves here
/// with
/// `nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }`.
/// The thread lives until `shutdown()`, and keeps this object alive as long.
package final class BlockingThread: SerialExecutor {
    private let runner = JobRunner()
    private let wakeup: Wakeup
    private let thread = Mutex<SystemThread?>(nil)

    package init(name: String) throws(SystemError) {
        wakeup = try Wakeup(.blocking)
        let started = try SystemThread(name: name) { self.run() }
        thread.withLock { $0 = started }
    }

    /// Runs what is queued, then ends and joins the thread. Blocks; not to be called on the thread itself. Idempotent.
    package func shutdown() {
        runner.stop()
        wakeup.signal()
        thread.withLock { $0 }?.join()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        if runner.enqueue(QueuedJob(job, on: asUnownedSerialExecutor())) {
            wakeup.signal()
        }
    }

    package func isIsolatingCurrentContext() -> Bool? {
        runner.isCurrent
    }

    package func checkIsolated() {
        precondition(runner.isCurrent, "not on the thread of this executor")
    }

    private func run() {
        runner.adopt()
        var batch: [QueuedJob] = []
        while true {
            switch runner.runPending(batch: &batch) {
            case .run: continue
            case .sleep: wakeup.wait()
            case .exit: return
            }
        }
    }
}
