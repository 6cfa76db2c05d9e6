import Deliveries

/// A request that may go out, and the tries that it makes: one, or those of all deliveries that a digest holds.
struct OpenRequest: Sendable, Equatable {
    /// In the order in which the message has them; at least one.
    var tries: [OpenAttempt]
    /// The message for all of them; nil for the message of the only one.
    var digest: Payload?

    var isDigest: Bool { digest != nil }
}
