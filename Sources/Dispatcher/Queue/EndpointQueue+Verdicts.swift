import Deliveries
import Store
import Time

extension EndpointQueue {
    /// Takes in a request that ended. `jitter` in 0..<1 spreads what comes next; it is not asked for where nothing does.
    ///
    /// | verdict | the delivery | its tries | the endpoint |
    /// |---|---|---|---|
    /// | delivered | done | | breaker and throttle closed |
    /// | retry | filed under the schedule's next time, or dead after its last | one spent | a failure |
    /// | retry, as a probe | filed under the next probe | none | a failure |
    /// | throttled | filed under the end of the pause | none | pauses |
    /// | rejected | dead | | a failure |
    /// | rejected, in a digest | filed as due, to go by itself | none | a failure |
    /// | gone | stays | none | disabled |
    ///
    /// Of a digest, every delivery is dealt with by its own schedule and age.
    mutating func finish(_ ended: EndedRequest, at now: Moment, jitter: @autoclosure () -> Double) {
        let rule = ended.verdict.rule
        let isProbe = land(ended.tries.map(\.delivery.key.lane), at: now)
        switch ended.verdict.outcome {
        case .delivered:
            throttle.succeed(at: now.steady)
            if state.breaker.succeed() == .recovered { work.transitions.append(.recovered) }
            resolve(ended, at: now) { _ in .delivered }
        case .rejected:
            noteFailure(rule, isProbe: isProbe, at: now, jitter: jitter())
            reject(ended, at: now)
        case .retry(let notBefore) where isProbe:
            noteFailure(rule, isProbe: true, at: now, jitter: jitter())
            let end = max(notBefore ?? now.steady, state.breaker.probeAt ?? now.steady)
            refile(ended, spendsTry: false, notBefore: end, at: now, jitter: jitter())
        case .retry(let notBefore):
            noteFailure(rule, isProbe: false, at: now, jitter: jitter())
            refile(ended, spendsTry: true, notBefore: notBefore, at: now, jitter: jitter())
        case .throttled(let until):
            let end = pause(until: until, at: now)
            refile(ended, spendsTry: false, notBefore: end, at: now, jitter: jitter())
        case .gone:
            disable(rule)
            resolve(ended, at: now) { .retry(at: now.steady, failures: $0.delivery.failures) }
        }
        if let end = ended.verdict.pauseUntil, end > now.steady { pause(until: end, at: now) }
    }

    /// Takes in that a request was cut off: its fate is for `recover` to note. Its lanes stand still until then.
    mutating func abandon(_ open: OpenRequest, at now: Moment) {
        _ = land(open.tries.map(\.delivery.key.lane), at: now)
    }

    /// Takes in that a request was taken back before it was sent: its deliveries are due as before.
    mutating func withdraw(_ open: OpenRequest, at now: Moment) {
        _ = land(open.tries.map(\.delivery.key.lane), at: now)
        let verdict = Verdict(.retry(notBefore: nil), rule: "not sent: the endpoint was held back before its turn came")
        resolve(EndedRequest(unsent: open, verdict), at: now) {
            .retry(at: now.steady, failures: $0.delivery.failures)
        }
    }

    // MARK: - The endpoint

    /// Returns whether it was the probe.
    private mutating func land(_ lanes: [Lane], at now: Moment) -> Bool {
        land(at: now)
        guard let probe, lanes.contains(probe) else { return false }
        self.probe = nil
        return true
    }

    private mutating func noteFailure(_ rule: String, isProbe: Bool, at now: Moment, jitter: Double) {
        // What was under way when the breaker opened tells nothing new: it must not lengthen the pause.
        guard isProbe || !state.breaker.isOpen else { return }
        switch state.breaker.fail(at: now.steady, jitter: jitter) {
        case .opened: work.transitions.append(.failing(reason: rule))
        case .exhausted: disable("nothing but failures for \(Breaker.patience.text), the last: \(rule)")
        case .recovered, nil: break
        }
    }

    /// Returns the end of the pause.
    @discardableResult
    private mutating func pause(until wish: Timestamp?, at now: Moment) -> Timestamp {
        noteOverflow()
        // No delivery lives longer than its maximum age, so no wish need be honoured beyond it.
        let limit = now.steady + policy.retry.maxAge
        return throttle.note(until: wish.map { min($0, limit) }, at: now.steady)
    }

    private mutating func disable(_ reason: String) {
        guard state.disabledReason == nil else { return }
        state.disabledReason = reason
        work.transitions.append(.disabled(reason: reason))
    }

    // MARK: - The deliveries

    /// Of several that were rejected together nobody knows which one was the reason.
    private mutating func reject(_ ended: EndedRequest, at now: Moment) {
        guard ended.isDigest else { return resolve(ended, at: now) { .dead(reason: $0.attempt.rule) } }
        for ended in ended.tries { loners.insert(ended.delivery) }
        resolve(ended, at: now) { .retry(at: now.steady, failures: $0.delivery.failures) }
    }

    private mutating func refile(
        _ ended: EndedRequest, spendsTry: Bool, notBefore: Timestamp?, at now: Moment, jitter: Double
    ) {
        let retry = policy.retry
        resolve(ended, at: now) { ended in
            let failures = ended.delivery.failures + (spendsTry ? 1 : 0)
            let decision = retry.next(
                failures: spendsTry ? failures : 0, queuedAt: ended.delivery.queuedAt, now: now.steady,
                notBefore: notBefore, jitter: jitter)
            return switch decision {
            case .retry(let due): .retry(at: due, failures: failures)
            case .giveUp(let reason): .dead(reason: "\(reason), the last: \(ended.attempt.rule)")
            }
        }
    }

    /// Has the outcome of every try recorded. A lane of which nothing stays goes on; else the first one that stays says when
    /// the lane's turn comes again.
    private mutating func resolve(
        _ ended: EndedRequest, at now: Moment, as resolution: (EndedAttempt) -> LedgerEntry.Resolution
    ) {
        for tries in ended.lanes {
            guard let lane = tries.first?.delivery.key.lane else { continue }
            var laneDue: Timestamp?
            for ended in tries {
                var resolution = resolution(ended)
                if case .retry(let own, let failures) = resolution {
                    let due = laneDue ?? own
                    laneDue = due
                    resolution = .retry(at: due, failures: failures)
                }
                settle(ended.delivery, attempt: ended.attempt, as: resolution, at: now)
                if let laneDue { window.file(lane, under: laneDue) }
            }
            if let laneDue {
                window.release(lane)
                expect(at: laneDue)
            } else if let released = window.advance(lane) {
                lookAgain(after: released)
            }
        }
    }
}
