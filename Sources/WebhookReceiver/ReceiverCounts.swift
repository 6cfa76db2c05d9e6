/// What a receiver has seen since it started.
package struct ReceiverCounts: Sendable, Equatable {
    package internal(set) var received = 0
    /// With a genuine signature.
    package internal(set) var verified = 0
    /// Answered with a 2xx status.
    package internal(set) var accepted = 0
    /// Accepted although the same id had been accepted before: what a sender's promise is judged by.
    package internal(set) var duplicates = 0
    /// Not genuine, or too large.
    package internal(set) var refused = 0
    /// Failed on order.
    package internal(set) var failed = 0
}
