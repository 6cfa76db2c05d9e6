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

/// A reading, and how many calls the platform counts for it.
package struct MeteredReading: Sendable, Equatable {
    package var reading: ChatReading
    package var calls: Int

    package init(_ reading: ChatReading, calls: Int) {
        self.reading = reading
        self.calls = calls
    }
}

extension ChatReading {
    /// Whether a `chat/get` that ended so is metered: one that the rate limit refused or the network lost is not, nor one
    /// that was refused because nothing is left.
    var isMetered: Bool {
        switch self {
        case .answered, .unchanged: true
        case .refused(let refusal): refusal.errorClass != .throttled && refusal.errorClass != .quota
        case .unreadable(let failure): failure.kind == .content
        case .cancelled: false
        }
    }
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
