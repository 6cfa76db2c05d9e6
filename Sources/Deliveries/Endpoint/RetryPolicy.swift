package import Time

/// When a failed delivery is tried again, and when it is given up.
///
/// The default is the schedule that Standard Webhooks 1.0 recommends.
///
/// | failed tries | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 |
/// |---|---|---|---|---|---|---|---|---|---|---|
/// | next after | 5 s | 5 min | 30 min | 2 h | 5 h | 10 h | 14 h | 20 h | 24 h | dead |
package struct RetryPolicy: Sendable, Equatable {
    package var schedule: [Duration]
    /// From the time a delivery was queued.
    package var maxAge: Duration

    /// How long before the maximum age the last try is made: time enough to wake up and send it.
    static let margin: Duration = .seconds(1)

    package static let standardSchedule: [Duration] = [
        .seconds(5), .seconds(5 * 60), .seconds(30 * 60), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(14 * 3600), .seconds(20 * 3600), .seconds(24 * 3600),
    ]

    package init(schedule: [Duration] = Self.standardSchedule, maxAge: Duration = .seconds(7 * 86_400)) {
        self.schedule = schedule
        self.maxAge = maxAge
    }

    package enum Decision: Sendable, Equatable {
        case retry(at: Timestamp)
        case giveUp(reason: String)
    }

    /// - `failures`: tries that failed, the last one included; 0 where the wait spends no try.
    /// - `notBefore`: the receiver's own wish. It is honoured in full unless it lies beyond `maxAge`.
    /// - `jitter`: 0..<1, spreads the delay over nine to eleven tenths.
    package func next(
        failures: Int, queuedAt: Timestamp, now: Timestamp, notBefore: Timestamp?, jitter: Double
    ) -> Decision {
        guard failures <= schedule.count else {
            return .giveUp(reason: "gave up after \(failures) failed tries")
        }
        let delay = failures == 0 ? .zero : schedule[failures - 1]
        let spread = Duration.milliseconds(Int64(Double(delay.wholeMilliseconds) * (0.9 + 0.2 * jitter)))
        let planned = max(now + spread, notBefore ?? now)
        let lastTry = queuedAt + maxAge - Self.margin
        guard now < lastTry else {
            return .giveUp(reason: "gave up at the age of \((now - queuedAt).shortText)")
        }
        // An absurd wish ends at the delivery's own limit: one last try just before it.
        return .retry(at: min(planned, lastTry))
    }
}
