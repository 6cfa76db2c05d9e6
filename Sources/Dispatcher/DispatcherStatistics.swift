package import Deliveries
import Store

/// What the dispatcher has done since it started, by the endpoint's name.
package struct DispatcherStatistics: Sendable, Equatable {
    package struct Figures: Sendable, Equatable {
        /// Tries that ended, by what came of them.
        package fileprivate(set) var attempts: [Attempt.Result: Int] = [:]
        package fileprivate(set) var delivered = 0
        package fileprivate(set) var dead = 0
        /// Which rule judged the last try, if that failed.
        package fileprivate(set) var trouble: String?
        /// Deliveries filed for another try.
        package fileprivate(set) var retries = 0

        package init() {}
    }

    package private(set) var endpoints: [String: Figures] = [:]

    mutating func note(_ outcomes: [LedgerEntry.Outcome], of endpoint: String) {
        for outcome in outcomes {
            if let attempt = outcome.attempt {
                endpoints[endpoint, default: Figures()].attempts[attempt.result, default: 0] += 1
                endpoints[endpoint]?.trouble = attempt.result == .delivered ? nil : attempt.rule
            }
            switch outcome.resolution {
            case .delivered: endpoints[endpoint, default: Figures()].delivered += 1
            case .dead: endpoints[endpoint, default: Figures()].dead += 1
            case .retry: endpoints[endpoint, default: Figures()].retries += 1
            }
        }
    }
}
