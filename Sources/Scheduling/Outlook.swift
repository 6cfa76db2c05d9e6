package import Time

/// What to expect of one chat at the present rate of calls.
package struct Outlook: Sendable, Equatable {
    /// Between two polls, on average over the week.
    package var interval: Duration
    /// From a change to the poll that sees it, on average over the changes.
    package var delay: Duration
    /// When the next poll looks likely: no appointment. Nil while it is being polled.
    package var nextPoll: Timestamp?

    package init(interval: Duration, delay: Duration, nextPoll: Timestamp? = nil) {
        self.interval = interval
        self.delay = delay
        self.nextPoll = nextPoll
    }
}
