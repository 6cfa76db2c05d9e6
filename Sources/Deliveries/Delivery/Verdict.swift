package import Time

/// The judgement of one try, and the rule that decided it, in words that an operator can act on.
package struct Verdict: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        case delivered
        /// Worth another try, not before a time if the receiver named one.
        case retry(notBefore: Timestamp?)
        /// The receiver is well but wants fewer: the endpoint pauses, and no try is spent.
        case throttled(until: Timestamp?)
        /// Never acceptable: straight to dead.
        case rejected
        /// The receiver is gone for good: the endpoint is disabled, its deliveries kept.
        case gone
    }

    package var outcome: Outcome
    package var rule: String
    /// The receiver's allowance is used up until then, whatever came of this try: the endpoint pauses.
    package var pauseUntil: Timestamp?

    package init(_ outcome: Outcome, rule: String, pauseUntil: Timestamp? = nil) {
        self.outcome = outcome
        self.rule = rule
        self.pauseUntil = pauseUntil
    }

    package var isDelivered: Bool { outcome == .delivered }
}
