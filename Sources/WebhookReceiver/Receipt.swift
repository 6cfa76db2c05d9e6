package import Deliveries
package import Time

/// One request that arrived, and what became of it.
package struct Receipt: Sendable, Equatable {
    package enum Verification: Sendable, Equatable {
        /// No secret was given.
        case notChecked
        case verified
        case refused(StandardVerifier.Failure)
    }

    /// The header `webhook-id`.
    package var id: String?
    /// The header `webhook-timestamp`.
    package var timestamp: Timestamp?
    package var received: Timestamp
    package var path: String
    /// By lower-case name.
    package var headers: [String: String]
    package var body: [UInt8]
    package var verification: Verification
    /// The HTTP status of the answer.
    package var status: Int
    /// How often this id has arrived, this time included, whatever was answered; 1 without an id.
    package var timesSeen: Int
}
