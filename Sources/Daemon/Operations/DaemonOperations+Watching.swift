import Admin
import Chats
import Scheduling
import Store
import Time
import Watcher

extension DaemonOperations {
    /// Less than the ten seconds that a caller is promised.
    private static let patience: Duration = .seconds(9)

    func watch() async -> WatchReport {
        let standing = watcher.standing
        var report = WatchReport(
            standing.state.reported, reason: standing.reason, hint: standing.hint, pausedUntil: standing.pausedUntil)
        report.chats.new = standing.chats.new
        report.chats.watched = standing.chats[.watched]
        report.chats.unreachable = standing.chats[.unreachable]
        report.chats.dismissed = standing.chats[.dismissed]
        report.polls.total = standing.statistics.polls
        report.polls.unchanged = standing.statistics.unchanged
        report.polls.failed = standing.statistics.failed
        report.polls.events = standing.statistics.events
        report.lastPollSuccess = standing.lastSuccess
        report.lastReload = reloader.lastRecord.map(WatchReport.Reload.init)
        return report
    }

    func budget() async -> BudgetReport {
        let standing = watcher.standing
        let budget = standing.budget
        return BudgetReport(
            callsPerMonth: budget.callsPerMonth, used: budget.used, monthStart: budget.month.start,
            monthEnd: budget.month.end, spentBy: standing.spentBy(at: time.steady), callsPerDay: standing.callsPerDay)
    }

    func chats(after id: String?, limit: Int) async -> [ChatReport] {
        watcher.chats(after: id, limit: limit).map(ChatReport.init)
    }

    func chat(_ name: String) async -> ChatReport? {
        watcher.chat(name).map(ChatReport.init)
    }

    func poll(chat id: String) async -> Admin.PollAnswer {
        switch await watcher.pollNow(id, within: Self.patience) {
        case .polled(let report): .polled(report.outcome.reported, detail: report.detail, events: report.events)
        case .queued(let notBefore): .queued(notBefore: notBefore ?? time.now)
        case .spent(let until): .callsSpent(until: until)
        case .unknownChat: .unknownChat
        }
    }

    func hint(chat id: String) async -> Bool {
        watcher.hint(id)
    }
}

extension WatchStanding {
    /// Why it is not watching.
    fileprivate var reason: String? {
        switch state {
        case .watching: nil
        case .failing: refusal.map { $0.code == 0 ? $0.message : "\($0.code) \($0.message)" }
        case .paused: budget.left == 0 ? "the month's calls are spent" : "the platform asks for a pause"
        case .held: "the store is full with what still waits"
        }
    }

    /// When the calls will be spent at the present pace; nil when they last.
    fileprivate func spentBy(at now: Timestamp) -> Timestamp? {
        guard let left = budget.left, budget.callsPerMonth != nil else { return nil }
        guard left > 0 else { return now }
        guard callsPerDay > 0 else { return nil }
        let end = now + .seconds(Double(left) / callsPerDay * 86_400)
        // The schedule means to spend the last call as the month ends.
        return end + .seconds(86_400) < budget.month.end ? end : nil
    }
}

extension WatchStanding.State {
    fileprivate var reported: WatchReport.State {
        switch self {
        case .watching: .watching
        case .failing: .failing
        case .paused: .paused
        case .held: .held
        }
    }
}

extension WatchReport.Reload {
    fileprivate init(_ record: Reloader.Record) {
        switch record.result {
        case .success(let changes):
            self.init(
                at: record.at, succeeded: true,
                detail: changes.isEmpty ? "nothing is different" : changes.joined(separator: "; "))
        case .failure(let error):
            self.init(at: record.at, succeeded: false, detail: error.problems.map { "\($0)" }.joined(separator: "; "))
        }
    }
}

extension ChatReport {
    fileprivate init(_ standing: ChatStanding) {
        self.init(
            id: standing.chat.id, label: standing.chat.label, weight: standing.chat.terms.weight,
            interval: standing.chat.terms.interval, expected: standing.outlook.map(Expectation.init),
            lastPoll: standing.seenAt)
    }
}

extension ChatReport.Expectation {
    /// Rounded to seconds where seconds say enough.
    fileprivate init(_ outlook: Outlook) {
        self.init(interval: outlook.interval.rounded, delay: outlook.delay.rounded, nextPoll: outlook.nextPoll)
    }
}

extension Duration {
    fileprivate var rounded: Duration {
        self < .seconds(10) ? self : .seconds(Int64(inSeconds.rounded()))
    }
}

extension PollReport.Outcome {
    fileprivate var reported: Admin.PollAnswer.Outcome {
        switch self {
        case .changed: .changed
        case .unchanged: .unchanged
        case .failed: .failed
        }
    }
}
