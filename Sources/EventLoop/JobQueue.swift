/// The jobs of a serial executor with one thread: a state machine that says what to do and does nothing itself.
///
/// ```
/// running ──stop──▶ stopping ──queue is empty──▶ stopped
/// ```
/// A job may come after the thread has ended: the last lines of a task that outlived its service. Such a job must
/// still run, or the task would hang for ever; the thread that brings it then runs it, still one job at a time.
struct JobQueue {
    /// What whoever appended a job has to do.
    enum Arrival {
        case nothing
        case wakeThread
        case runHere
    }

    /// What whoever runs the jobs has to do.
    enum Departure {
        case run
        case sleep
        case exit
    }

    private enum Phase {
        case running
        case stopping
        case stopped
    }

    private var jobs: [QueuedJob] = []
    private var phase = Phase.running
    private var isAsleep = false
    /// The thread that runs jobs now; 0 is nobody.
    private var runner: UInt = 0

    func isRunner(_ thread: UInt) -> Bool {
        runner == thread
    }

    mutating func adopt(by thread: UInt) {
        runner = thread
    }

    mutating func append(_ job: QueuedJob, from thread: UInt) -> Arrival {
        jobs.append(job)
        if phase == .stopped {
            guard runner == 0 else { return .nothing }
            runner = thread
            return .runHere
        }
        guard isAsleep else { return .nothing }
        isAsleep = false
        return .wakeThread
    }

    /// Exchanges the waiting jobs with the empty `batch`, so that two buffers serve for ever.
    mutating func take(into batch: inout [QueuedJob]) -> Departure {
        if !jobs.isEmpty {
            swap(&jobs, &batch)
            return .run
        }
        if phase == .running {
            isAsleep = true
            return .sleep
        }
        phase = .stopped
        runner = 0
        return .exit
    }

    /// From here on an arriving job wakes nobody: the thread looks before it sleeps again.
    mutating func wake() {
        isAsleep = false
    }

    /// The thread leaves once the queue is empty.
    mutating func stop() {
        guard phase == .running else { return }
        phase = .stopping
        isAsleep = false
    }
}
