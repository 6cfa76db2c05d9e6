package import Chats

/// What a poll of one chat brought.
package enum ChatReading: Sendable, Equatable {
    case answered(Snapshot, digest: ReplyDigest)
    /// The very bytes of the last answer.
    case unchanged
    case refused(Refusal)
    case unreadable(Unreadable)
    case cancelled
}

/// Stands for an answer's bytes while the process lives, so that an equal answer need not be read again.
///
/// The hash is keyed anew by every process: nobody can make two answers that collide.
package struct ReplyDigest: Sendable, Hashable {
    private let value: Int

    package init(_ bytes: [UInt8]) {
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(bytes.count)
        value = hasher.finalize()
    }
}
