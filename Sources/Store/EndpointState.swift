package import Deliveries

/// What outlives the process about an endpoint.
package struct EndpointState: Sendable, Equatable {
    package var number: Int64
    package var name: String
    package var breaker: Breaker
    package var isPaused: Bool
    /// Why it was disabled; nil while it is not.
    package var disabledReason: String?
    package var counts: Counts

    package struct Counts: Sendable, Equatable {
        package var pending: Int
        package var delivered: Int
        package var dead: Int

        package init(pending: Int = 0, delivered: Int = 0, dead: Int = 0) {
            self.pending = pending
            self.delivered = delivered
            self.dead = dead
        }
    }

    package init(
        number: Int64, name: String, breaker: Breaker = Breaker(), isPaused: Bool = false,
        disabledReason: String? = nil,
        counts: Counts = Counts()
    ) {
        self.number = number
        self.name = name
        self.breaker = breaker
        self.isPaused = isPaused
        self.disabledReason = disabledReason
        self.counts = counts
    }

    /// The word that listings and metrics use.
    package enum Condition: String, Sendable, CaseIterable {
        case active, failing, paused, disabled
    }

    package var condition: Condition {
        if disabledReason != nil { return .disabled }
        if isPaused { return .paused }
        return breaker.isOpen ? .failing : .active
    }
}
