import Synchronization
import Time

/// What somebody who asked for a poll waits on.
final class PollTicket: Sendable {
    private let report = Mutex<PollReport?>(nil)
    private let alarm = Alarm()

    func fulfil(_ report: PollReport) {
        self.report.withLock { $0 = report }
        alarm.ring()
    }

    /// Nil when the poll has not ended by then.
    func report(by deadline: Timestamp, _ time: any TimeSource) async -> PollReport? {
        await alarm.wait(until: deadline, time)
        return report.withLock { $0 }
    }
}
