import Deliveries
import Store
import Time

extension EndpointQueue {
    /// Sends the next message on its way; what is too old dies before it. False when nothing may go.
    mutating func start(at now: Moment) -> Bool {
        guard let next = nextDelivery(at: now) else { return false }
        guard let permit = limiter.nextPermit(at: now.steady), permit <= now.steady else {
            noteOverflow()
            return false
        }
        if let merged = merged(at: now) {
            window.begin(merged.tries.lazy.map(\.delivery))
            begin(merged, at: now)
        } else {
            window.beginNext()
            begin(OpenRequest(tries: [attempt(next, at: now)]), at: now)
        }
        return true
    }

    /// Sends the next delivery by itself, to see whether the receiver is well again.
    mutating func startProbe(at now: Moment) {
        guard let next = nextDelivery(at: now), let permit = limiter.nextPermit(at: now.steady), permit <= now.steady
        else {
            return
        }
        window.beginNext()
        begin(OpenRequest(tries: [attempt(next, at: now)]), at: now)
        probe = next.key.lane
    }

    /// The receiver takes no more for now: what waits will be merged, where that is wanted.
    mutating func noteOverflow() {
        guard policy.merger != nil else { return }
        isOverflowing = true
        letGo()
    }

    /// The delivery whose turn it is. Those that have reached their maximum age are closed on the way.
    private mutating func nextDelivery(at now: Moment) -> Delivery? {
        while let next = window.next?.delivery {
            guard isTooOld(next, at: now) else { return next }
            let age = now.steady - next.queuedAt
            settle(next, attempt: nil, as: .dead(reason: "gave up at the age of \(age.shortText)"), at: now)
            if let released = window.dropNext() { lookAgain(after: released) }
        }
        return nil
    }

    private func isTooOld(_ delivery: Delivery, at now: Moment) -> Bool {
        now.steady - delivery.queuedAt >= policy.retry.maxAge
    }

    /// One message for what waits; nil when it is not to be merged, or when less than two fit.
    private func merged(at now: Moment) -> OpenRequest? {
        guard isOverflowing, let merger = policy.merger, let next = window.next?.delivery, !loners.contains(next) else {
            return nil
        }
        let waiting = window.front(limit: merger.digestLimit) { !isTooOld($0, at: now) && !loners.contains($0) }
        guard waiting.count > 1, let digest = merger.digest(of: waiting.map(\.event)), digest.count > 1 else {
            return nil
        }
        return OpenRequest(
            tries: waiting.prefix(digest.count).map { attempt($0, at: now) }, digest: digest.payload)
    }

    private func attempt(_ delivery: Delivery, at now: Moment) -> OpenAttempt {
        OpenAttempt(delivery: delivery, number: delivery.attempts + 1, startedAt: now.wall)
    }
}
