import Synchronization
import Time

/// The machine's wall clock, which somebody may set.
final class WallClock: Sendable {
    private let agenda: Agenda
    private let lead = Mutex(Duration.zero)

    init(_ agenda: Agenda) {
        self.agenda = agenda
    }

    var now: Timestamp { agenda.now + lead.withLock { $0 } }

    func jump(by duration: Duration) {
        lead.withLock { $0 += duration }
    }
}
