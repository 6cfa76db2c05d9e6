import Admin
import Time
import Watcher

/// What the admin server asks of the parts that run.
struct DaemonOperations: Operations {
    /// Less than the ten seconds that a caller is promised.
    private static let patience: Duration = .seconds(9)

    let watcher: Watcher
    let time: any TimeSource

    func readiness() async -> Readiness {
        watcher.isRunning ? .ready : .notReady("the watch has not begun, or is over")
    }

    func poll(chat: String) async -> Admin.PollAnswer {
        switch await watcher.pollNow(chat, within: Self.patience) {
        case .polled(let report): .polled(report.outcome.asAnswer, detail: report.detail, events: report.events)
        case .queued(let notBefore): .queued(notBefore: notBefore ?? time.now)
        case .spent(let until): .callsSpent(until: until)
        case .unknownChat: .unknownChat
        }
    }

    func hint(chat: String) async -> Bool {
        watcher.hint(chat)
    }
}

extension PollReport.Outcome {
    fileprivate var asAnswer: Admin.PollAnswer.Outcome {
        switch self {
        case .changed: .changed
        case .unchanged: .unchanged
        case .failed: .failed
        }
    }
}
