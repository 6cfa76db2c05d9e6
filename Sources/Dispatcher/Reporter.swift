import Chats
import Deliveries
import Logging
import Store
import Synchronization

/// Tells of an endpoint's deliveries: a line for each thing that matters, and the figures.
struct Reporter: Sendable {
    let endpoint: String
    let logger: Logger
    let board: StatisticsBoard

    func report(_ work: Work) {
        if !work.entry.outcomes.isEmpty {
            board.statistics.withLock { $0.note(work, of: endpoint) }
        }
        for (settled, outcome) in zip(work.settled, work.entry.outcomes) {
            log(outcome, event: settled.event)
        }
    }

    /// A transition that was stored as an event.
    func report(_ transition: Transition, as event: Event) {
        board.statistics.withLock { $0.note(event.type) }
        let fields = metadata(["event": "\(event.id)", "reason": "\(transition.reason)"])
        switch transition {
        case .failing: logger.warning("\(event.type.rawValue)", metadata: fields)
        case .disabled: logger.error("\(event.type.rawValue)", metadata: fields)
        case .recovered: logger.info("\(event.type.rawValue)", metadata: fields)
        }
    }

    private func log(_ outcome: LedgerEntry.Outcome, event: String) {
        func fields(_ more: Logger.Metadata) -> Logger.Metadata {
            var fields = metadata(["event": "\(event)", "delivery": "\(outcome.delivery.id)"])
            fields["try"] = outcome.attempt.map { "\($0.number)" }
            return fields.merging(more) { _, new in new }
        }
        switch outcome.resolution {
        case .delivered:
            logger.debug("delivered", metadata: fields([:]))
        case .retry(let due, _):
            let rule = outcome.attempt?.rule ?? ""
            // Of an endpoint that is gone, or of a digest that was rejected.
            guard due > outcome.at else {
                return logger.info("not delivered, stays in the queue", metadata: fields(["reason": "\(rule)"]))
            }
            logger.info("not delivered, will be tried again", metadata: fields(["reason": "\(rule)", "at": "\(due)"]))
        case .dead(let reason):
            logger.warning("dead", metadata: fields(["reason": "\(reason)"]))
        }
    }

    private func metadata(_ fields: Logger.Metadata) -> Logger.Metadata {
        fields.merging(["endpoint": "\(endpoint)"]) { field, _ in field }
    }
}

/// The figures of all endpoints, shared by their workers.
final class StatisticsBoard: Sendable {
    let statistics = Mutex(DispatcherStatistics())
}
