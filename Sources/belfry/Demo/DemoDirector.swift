import Daemon
import DingTalkSimulator
import ServiceLifecycle
import Time
import Watcher

/// Makes random changes happen, and ends the demo once its time is over and all that was seen has arrived.
struct DemoDirector: Service {
    let stage: DemoStage
    let daemon: Daemon
    let changesPerMinute: Double
    let duration: Duration?

    func run() async throws {
        do {
            try await direct()
        } catch is CancellationError {
            // Interrupted: the accounts are drawn up all the same.
        }
    }

    private func direct() async throws {
        try await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            let end = duration.map { clock.now + $0 }
            // The first polls take the baselines; a change before them would be nobody's news.
            try await poll(clock)
            while end.map({ clock.now < $0 }) ?? true {
                stage.simulator.apply(changes: 1)
                try await clock.sleep(for: .seconds(60 / changesPerMinute * .random(in: 0.5...1.5)))
            }
            try await poll(clock)
            while try await daemon.pendingDeliveries() > 0 {
                try await clock.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Waits until every chat has been polled once more.
    private func poll(_ clock: ContinuousClock) async throws {
        let target = daemon.watcher.standing.statistics.polls + 2 * stage.simulator.chatIDs.count
        let patience = clock.now + .seconds(10)
        while daemon.watcher.standing.statistics.polls < target && clock.now < patience {
            try await clock.sleep(for: .milliseconds(50))
        }
    }
}
