package import Time

/// The receiver's side of a signature scheme: whether a message is genuine and fresh.
package protocol Verifier: Sendable {
    func verify(_ message: ReceivedMessage, now: Timestamp) throws(VerificationFailure)
}
