import Deliveries
import Store
import Time

extension EndpointQueue {
    /// Takes in a try that ended. `jitter` in 0..<1 spreads what comes next.
    ///
    /// | verdict | the delivery | its tries | the endpoint |
    /// |---|---|---|---|
    /// | delivered | done | | breaker and throttle closed |
    /// | retry | filed under the schedule's next time, or dead after its last | one spent | a failure |
    /// | retry, as a probe | filed under the next probe | none | a failure |
    /// | throttled | filed under the end of the pause | none | pauses |
    /// | rejected | dead | | a failure |
    /// | gone | stays | none | disabled |
    mutating func finish(_ ended: EndedAttempt, at now: Moment, jitter: Double) {
        let lane = ended.delivery.key.lane
        let isProbe = probe == lane
        land(lane)
        switch ended.verdict.outcome {
        case .delivered:
            throttle.succeed(at: now.steady)
            if state.breaker.succeed() == .recovered { work.transitions.append(.recovered) }
            close(ended, as: .delivered, at: now)
        case .rejected:
            noteFailure(ended.verdict.rule, isProbe: isProbe, at: now, jitter: jitter)
            close(ended, as: .dead(reason: ended.verdict.rule), at: now)
        case .retry(let notBefore) where isProbe:
            noteFailure(ended.verdict.rule, isProbe: true, at: now, jitter: jitter)
            let end = max(notBefore ?? now.steady, state.breaker.probeAt ?? now.steady)
            refile(ended, spendsTry: false, notBefore: end, at: now, jitter: jitter)
        case .retry(let notBefore):
            noteFailure(ended.verdict.rule, isProbe: false, at: now, jitter: jitter)
            refile(ended, spendsTry: true, notBefore: notBefore, at: now, jitter: jitter)
        case .throttled(let until):
            // No delivery lives longer than its maximum age, so no wish need be honoured beyond it.
            let limit = now.steady + policy.retry.maxAge
            let end = throttle.note(until: until.map { min($0, limit) }, at: now.steady)
            refile(ended, spendsTry: false, notBefore: end, at: now, jitter: jitter)
        case .gone:
            disable(ended.verdict.rule)
            file(ended, under: now.steady, failures: ended.delivery.failures, at: now)
        }
    }

    /// Takes in that a try was cut off: its fate is for `recover` to note. Its lane stands still until then.
    mutating func abandon(_ lane: Lane) {
        land(lane)
    }

    // MARK: - The endpoint

    private mutating func noteFailure(_ rule: String, isProbe: Bool, at now: Moment, jitter: Double) {
        // What was under way when the breaker opened tells nothing new: it must not lengthen the pause.
        guard isProbe || !state.breaker.isOpen else { return }
        switch state.breaker.fail(at: now.steady, jitter: jitter) {
        case .opened: work.transitions.append(.failing(reason: rule))
        case .exhausted: disable("nothing but failures for \(Breaker.patience.text), the last: \(rule)")
        case .recovered, nil: break
        }
    }

    private mutating func disable(_ reason: String) {
        guard state.disabledReason == nil else { return }
        state.disabledReason = reason
        work.transitions.append(.disabled(reason: reason))
    }

    // MARK: - The delivery

    /// Delivered or dead: the lane goes on.
    private mutating func close(_ ended: EndedAttempt, as resolution: LedgerEntry.Resolution, at now: Moment) {
        settle(ended.delivery, attempt: ended.attempt, as: resolution, at: now)
        if let released = window.advance(ended.delivery.key.lane) { lookAgain(after: released) }
    }

    private mutating func refile(
        _ ended: EndedAttempt, spendsTry: Bool, notBefore: Timestamp?, at now: Moment, jitter: Double
    ) {
        let failures = ended.delivery.failures + (spendsTry ? 1 : 0)
        let decision = policy.retry.next(
            failures: spendsTry ? failures : 0, queuedAt: ended.delivery.queuedAt, now: now.steady,
            notBefore: notBefore, jitter: jitter)
        switch decision {
        case .retry(let due): file(ended, under: due, failures: failures, at: now)
        case .giveUp(let reason): close(ended, as: .dead(reason: "\(reason), the last: \(ended.verdict.rule)"), at: now)
        }
    }

    private mutating func file(_ ended: EndedAttempt, under due: Timestamp, failures: Int, at now: Moment) {
        settle(ended.delivery, attempt: ended.attempt, as: .retry(at: due, failures: failures), at: now)
        window.release(ended.delivery.key.lane)
        expect(at: due)
    }
}
