package import Time

/// Puts a signature on a message. Several signers may sign one message: that is how secrets are rotated.
///
/// A message is signed when it is sent, not when it is queued, so that a late retry carries a fresh timestamp.
package protocol Signer: Sendable {
    func signature(of payload: Payload, at time: Timestamp) -> Signature

    /// Whether the signature goes into the body. Such a signer goes before all others, which sign the bytes that are sent.
    var changesBody: Bool { get }
}

extension Signer {
    package var changesBody: Bool { false }
}
