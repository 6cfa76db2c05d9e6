package import Time

/// Permits to send under several rates at once.
///
/// The receiver sees no more than each rate's count in any window of its period, wherever the window begins. (A bucket of 20
/// that is refilled over a minute would let 39 through within that minute.) A permit is out while its request is, and comes
/// back one period after the request's end: the receiver may have counted it at any time between start and end.
///
/// It remembers nothing over a restart. Whoever cannot tell what was sent just before says when that may have been; all
/// permits count as used at that time.
package struct RateLimiter: Sendable, Equatable {
    private var allowances: [Allowance]

    /// - `usedUpAt`: by when an earlier process may have used all permits; nil when there was none.
    package init(_ rates: [Rate], usedUpAt: Timestamp? = nil) {
        allowances = rates.map { Allowance($0, usedUpAt: usedUpAt) }
    }

    /// When the next permit is free, `now` for at once. Nil when that depends on requests that are still under way.
    package func nextPermit(at now: Timestamp) -> Timestamp? {
        var latest = now
        for allowance in allowances {
            guard let next = allowance.nextPermit(at: now) else { return nil }
            latest = max(latest, next)
        }
        return latest
    }

    /// A request begins. To be called only when a permit is free.
    package mutating func take(at now: Timestamp) {
        for index in allowances.indices { allowances[index].take(at: now) }
    }

    /// A request that took a permit has ended, whatever came of it.
    package mutating func release(at now: Timestamp) {
        for index in allowances.indices { allowances[index].release(at: now) }
    }
}
