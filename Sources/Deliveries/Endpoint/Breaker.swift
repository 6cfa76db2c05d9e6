package import Time

/// Keeps a failing endpoint from being hammered: after a run of failures only probes go out, ever less often, until one
/// succeeds.
///
/// ```
/// closed ──5 failures──▶ open ──time──▶ probe ──success──▶ closed
///                          ▲              │
///                          └───failure────┘   5 s, 10 s, 20 s … 5 min
/// ```
package struct Breaker: Sendable, Equatable {
    package static let tolerance = 5
    package static let firstPause: Duration = .seconds(5)
    package static let longestPause: Duration = .seconds(300)
    package static let patience: Duration = .seconds(5 * 86_400)

    /// Failures since the last success.
    package private(set) var failures: Int
    /// The first of them.
    package private(set) var failingSince: Timestamp?
    /// When the next probe may go; nil while closed.
    package private(set) var probeAt: Timestamp?

    package init(failures: Int = 0, failingSince: Timestamp? = nil, probeAt: Timestamp? = nil) {
        self.failures = failures
        self.failingSince = failingSince
        self.probeAt = probeAt
    }

    package var isOpen: Bool { probeAt != nil }

    /// What a failure or a success turned over.
    package enum Transition: Sendable, Equatable {
        case opened
        case recovered
        /// Nothing but failure for the whole of `patience`.
        case exhausted
    }

    package mutating func succeed() -> Transition? {
        let wasOpen = isOpen
        self = Breaker()
        return wasOpen ? .recovered : nil
    }

    /// `jitter` in 0..<1 lengthens the pause by up to a tenth, so that many endpoints of one host do not probe together.
    package mutating func fail(at now: Timestamp, jitter: Double) -> Transition? {
        let wasOpen = isOpen
        failures += 1
        let since = failingSince ?? now
        failingSince = since
        guard failures >= Self.tolerance else { return nil }
        let doublings = min(failures - Self.tolerance, 10)
        let pause = min(Self.firstPause * (1 << doublings), Self.longestPause)
        probeAt = now + pause + .milliseconds(Int64(Double(pause.wholeMilliseconds) * jitter / 10))
        if now - since >= Self.patience { return .exhausted }
        return wasOpen ? nil : .opened
    }

    /// Lets a probe go at once: the operator says that the receiver is well again.
    package mutating func probeNow(_ now: Timestamp) {
        if isOpen { probeAt = now }
    }
}
