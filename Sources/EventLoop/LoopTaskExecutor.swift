/// Has tasks run on a loop's thread where no actor says otherwise: `withTaskExecutorPreference(executor) { … }`.
///
/// What calls the actors of that loop all the time, and does little in between, need not change threads for every call. Nothing
/// in it may block.
package final class LoopTaskExecutor: TaskExecutor {
    private let loop: EventLoop

    package init(_ loop: EventLoop) {
        self.loop = loop
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        loop.enqueue(QueuedJob(job, on: asUnownedTaskExecutor()))
    }
}
