import Daemon
import DingTalkSimulator
import Dispatcher
import Watcher
import WebhookReceiver

/// The demo's accounts: what was changed, seen, sent and accepted.
struct DemoSummary {
    private let polls: Int
    private let unchanged: Int
    private let changes: Int
    private let events: Int
    private let baselines: Int
    /// Not delivered yet when the demo ended: none, unless it was interrupted.
    private let waiting: Int
    private let sent: DispatcherStatistics.Figures
    private let received: ReceiverCounts

    init(stage: DemoStage, daemon: Daemon) async throws {
        let watch = daemon.watcher.standing.statistics
        polls = watch.polls
        unchanged = watch.unchanged
        events = watch.events
        baselines = min(stage.simulator.chatIDs.count, watch.events)
        changes = stage.simulator.changes().count
        sent = daemon.dispatcher.statistics.endpoints["demo"] ?? DispatcherStatistics.Figures()
        received = stage.receiver.counts
        waiting = events - sent.delivered
    }

    private var seen: Int { events - baselines }

    /// Every event was accepted once or waits, every try is accounted for on both sides, and nothing was told that did not happen.
    var addsUp: Bool {
        waiting >= 0 && received.accepted == sent.delivered && received.duplicates == 0 && sent.dead == 0
            && received.verified == received.received && received.received == sent.delivered + sent.retries
            && received.failed == sent.retries && seen <= changes
    }

    var text: String {
        let overtaken = changes - seen
        return """

            polls        \(polls), of which \(unchanged) showed the bytes of the last
            changes      \(changes) made\(overtaken == 0 ? "" : ", \(overtaken) of them overtaken by another between two polls, or no news")
            events       \(events): \(baselines) baselines and \(seen) changes seen
            deliveries   \(received.accepted) accepted, \(received.verified) of \(received.received) signatures genuine\(waiting == 0 ? "" : ", \(waiting) still waiting")
            retries      \(sent.retries), after the receiver refused \(received.failed) times on purpose
            duplicates   \(received.duplicates)
            \(addsUp ? "Everything adds up." : "THIS DOES NOT ADD UP: please report it.")
            """
    }
}
