package import Chats
package import Deliveries
import Store
package import Telemetry
import Time

/// What the dispatcher has done since it started, by the endpoint's name.
package struct DispatcherStatistics: Sendable, Equatable {
    /// Seconds; an hour is the first of the longer waits in the retry schedule.
    package static let latencyBounds: HistogramBounds = [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600, 14_400, 86_400,
    ]

    package struct Figures: Sendable, Equatable {
        /// Tries that ended, by what came of them.
        package fileprivate(set) var attempts: [Attempt.Result: Int] = [:]
        package fileprivate(set) var delivered = 0
        package fileprivate(set) var dead = 0
        /// Which rule judged the last try, if that failed.
        package fileprivate(set) var trouble: String?
        /// Deliveries filed for another try.
        package fileprivate(set) var retries = 0

        /// From the poll that saw a change to the verdict that ended its delivery.
        package fileprivate(set) var latency = Histogram(latencyBounds)

        package init() {}
    }

    package private(set) var endpoints: [String: Figures] = [:]
    /// What was told of endpoints.
    package private(set) var eventTypes: [EventType: Int] = [:]

    mutating func note(_ work: Work, of endpoint: String) {
        // Taken out meanwhile: what two places hold is copied when it changes.
        var figures = endpoints.removeValue(forKey: endpoint) ?? Figures()
        for (settled, outcome) in zip(work.settled, work.entry.outcomes) { figures.note(outcome, of: settled) }
        endpoints[endpoint] = figures
    }

    mutating func note(_ type: EventType) {
        eventTypes[type, default: 0] += 1
    }
}

extension DispatcherStatistics.Figures {
    fileprivate mutating func note(_ outcome: LedgerEntry.Outcome, of settled: Settled) {
        if let attempt = outcome.attempt {
            attempts[attempt.result, default: 0] += 1
            trouble = attempt.result == .delivered ? nil : attempt.rule
        }
        if outcome.resolution.isFinal {
            // Over a wall clock that was set back a wait may look negative.
            latency.observe(max(.zero, outcome.at - settled.queuedAt))
        }
        switch outcome.resolution {
        case .delivered: delivered += 1
        case .dead: dead += 1
        case .retry: retries += 1
        }
    }
}

extension LedgerEntry.Resolution {
    fileprivate var isFinal: Bool {
        switch self {
        case .delivered, .dead: true
        case .retry: false
        }
    }
}
