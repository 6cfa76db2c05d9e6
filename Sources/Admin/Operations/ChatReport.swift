package import Time

/// A chat that is configured: what it was given, and what to expect of it.
package struct ChatReport: Sendable, Equatable {
    package struct Expectation: Sendable, Equatable {
        /// Between two polls.
        package var interval: Duration
        /// From a change to the poll that sees it.
        package var delay: Duration
        package var nextPoll: Timestamp?

        package init(interval: Duration, delay: Duration, nextPoll: Timestamp?) {
            self.interval = interval
            self.delay = delay
            self.nextPoll = nextPoll
        }
    }

    package var id: String
    package var label: String?
    package var weight: Double
    /// Nil: the schedule's choice.
    package var interval: Duration?
    /// Nil for one that is polled no more, such as a dismissed one.
    package var expected: Expectation?
    package var lastPoll: Timestamp?

    package init(
        id: String, label: String?, weight: Double, interval: Duration?, expected: Expectation?, lastPoll: Timestamp?
    ) {
        self.id = id
        self.label = label
        self.weight = weight
        self.interval = interval
        self.expected = expected
        self.lastPoll = lastPoll
    }
}

extension ChatReport.Expectation: Resource {
    static let name = "Expectation"
    static let fields: [Field<Self>] = [
        Field("interval", "Between two polls.") { $0.interval.rough },
        Field("delay", "From a change to the poll that sees it.") { $0.delay.rough },
        Field("nextPoll") { $0.nextPoll },
    ]
}

extension Duration {
    /// An expectation is no measurement: beyond a minute, milliseconds say nothing.
    fileprivate var rough: Duration {
        self < .seconds(60) ? self : .seconds(components.seconds)
    }
}
