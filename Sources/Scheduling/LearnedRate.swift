package import Time

/// What is to be kept of a chat over a restart: as much as having seen `changes` changes in `exposure` seconds, and
/// the last poll that succeeded.
package struct LearnedRate: Sendable, Equatable {
    package var changes: Double
    package var exposure: Double
    package var lastPoll: Timestamp

    package init(changes: Double, exposure: Double, lastPoll: Timestamp) {
        self.changes = changes
        self.exposure = exposure
        self.lastPoll = lastPoll
    }
}
