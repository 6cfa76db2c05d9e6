import Glibc
import Synchronization

/// Runs the jobs of a `JobQueue` one after another.
final class JobRunner: Sendable {
    private let queue = Mutex(JobQueue())

    /// Whether the caller runs inside a job of this queue, or on the thread that it belongs to.
    var isCurrent: Bool {
        let thread = pthread_self()
        return queue.withLock { $0.isRunner(thread) }
    }

    /// Makes the calling thread the one that runs the jobs.
    func adopt() {
        let thread = pthread_self()
        queue.withLock { $0.adopt(by: thread) }
    }

    /// Appends a job and says whether the thread must be woken.
    func enqueue(_ job: QueuedJob) -> Bool {
        let thread = pthread_self()
        switch queue.withLock({ $0.append(job, from: thread) }) {
        case .nothing:
            return false
        case .wakeThread:
            return true
        case .runHere:
            var batch: [QueuedJob] = []
            while runPending(batch: &batch) == .run {}
            return false
        }
    }

    /// Runs what waits now. The caller keeps `batch` between calls, for its memory only.
    func runPending(batch: inout [QueuedJob]) -> JobQueue.Departure {
        let departure = queue.withLock { $0.take(into: &batch) }
        for job in batch {
            job.run()
        }
        batch.removeAll(keepingCapacity: true)
        return departure
    }

    func wake() {
        queue.withLock { $0.wake() }
    }

    func stop() {
        queue.withLock { $0.stop() }
    }
}
