/// What an operator asks for one chat.
package struct PollTerms: Sendable, Equatable {
    /// How much a minute of delay on this chat matters, beside the others.
    package var weight: Double
    /// Fixes the time between two polls; nil lets the schedule choose.
    package var interval: Duration?

    package init(weight: Double = 1, interval: Duration? = nil) {
        self.weight = weight
        self.interval = interval
    }
}
