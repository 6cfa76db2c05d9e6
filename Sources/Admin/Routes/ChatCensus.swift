import Synchronization
import Time

/// The last count of the chats by state. Counting looks at every chat, so it is kept for a while.
final class ChatCensus: Sendable {
    static let lifetime: Duration = .seconds(5)

    private let last = Mutex<(counts: WatchReport.Chats, at: Timestamp)?>(nil)

    /// Nil when there is none of late, or when another number of chats is configured by now.
    func counts(of configured: Int, at now: Timestamp) -> WatchReport.Chats? {
        last.withLock { last in
            guard let last, last.counts.configured == configured, now < last.at + Self.lifetime else { return nil }
            return last.counts
        }
    }

    func note(_ counts: WatchReport.Chats, at now: Timestamp) {
        last.withLock { $0 = (counts, now) }
    }
}
