/// A job, and whose it is: an actor's that lives on the thread, or that part of a task which is no actor's.
struct QueuedJob {
    private let job: UnownedJob
    private let executor: Executor

    private enum Executor {
        case serial(UnownedSerialExecutor)
        case task(UnownedTaskExecutor)
    }

    init(_ job: consuming ExecutorJob, on executor: UnownedSerialExecutor) {
        self.job = UnownedJob(job)
        self.executor = .serial(executor)
    }

    init(_ job: consuming ExecutorJob, on executor: UnownedTaskExecutor) {
        self.job = UnownedJob(job)
        self.executor = .task(executor)
    }

    /// To be called once.
    func run() {
        switch executor {
        case .serial(let executor): job.runSynchronously(on: executor)
        case .task(let executor): job.runSynchronously(on: executor)
        }
    }
}
