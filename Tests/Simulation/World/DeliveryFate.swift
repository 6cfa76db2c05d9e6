import Deliveries

/// What the world knows of one delivery.
struct DeliveryFate: Sendable {
    struct Acceptance: Sendable {
        var life: Int
        /// The whole answer reached the process that had sent.
        var isAnswered = false
    }

    enum End: String, Sendable {
        case delivered, dead
    }

    /// Tries that the store keeps.
    var tries = 0
    var receipts = 0
    /// Receipts that the receiver took in for good, each under the number of its try.
    var acceptances: [Int: Acceptance] = [:]
    var acceptedReceipts = 0
    /// Tries that are recorded as delivered.
    var deliveredTries: Set<Int> = []
    var end: End?
    var replays = 0
    var isOutOfTurn = false

    /// Copies beyond those that somebody wished for.
    var duplicates: Int { max(0, acceptedReceipts - 1 - replays) }
    /// Accepted receipts of which the process could not learn, or not keep what it learned.
    var unknownOutcomes: Int { acceptedReceipts - deliveredTries.count }
}
