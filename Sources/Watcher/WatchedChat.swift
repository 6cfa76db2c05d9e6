import DingTalk
import Time

/// What the watcher keeps in memory of a chat: next to nothing, for there may be a hundred thousand.
struct WatchedChat: Sendable {
    /// Refusals in a row that make a chat count as lost.
    static let refusalTolerance = 3
    /// Busy answers in a row after which a chat waits for its ordinary turn.
    static let busyTolerance = 3

    let id: String
    let label: String?
    /// Of the last answer that is wholly stored.
    private(set) var digest: ReplyDigest?
    /// The last poll that succeeded in this process.
    private(set) var seenAt: Timestamp?
    private(set) var refusalsInARow = 0
    private(set) var busyInARow = 0

    init(id: String, label: String?) {
        self.id = id
        self.label = label
    }

    /// Whether one refusal more means that the chat can no longer be read.
    func isLost(after refusal: Refusal) -> Bool {
        refusal.errorClass == .chat && refusalsInARow + 1 >= Self.refusalTolerance
    }

    /// Takes in a reading. Returns how long the chat is to rest beyond its ordinary interval, nil for not at all.
    mutating func note(_ reading: ChatReading, at now: Timestamp, interval: ClosedRange<Duration>) -> Duration? {
        switch reading {
        case .answered(_, let digest):
            self = WatchedChat(id: id, label: label)
            self.digest = digest
            seenAt = now
            return nil
        case .unchanged:
            busyInARow = 0
            seenAt = now
            return nil
        case .refused(let refusal):
            return note(refusal, interval: interval)
        case .unreadable, .cancelled:
            return nil
        }
    }

    private mutating func note(_ refusal: Refusal, interval: ClosedRange<Duration>) -> Duration? {
        switch refusal.errorClass {
        case .chat, .programming, .unknown:
            // The next answer is to be read even if it equals the last: it ends a silence.
            digest = nil
            refusalsInARow += 1
            // A refused call is metered like any other and brings nothing.
            return min(interval.lowerBound * (1 << min(refusalsInARow, 20)), interval.upperBound)
        case .busy:
            busyInARow += 1
            return busyInARow <= Self.busyTolerance ? nil : interval.upperBound
        case .token, .throttled, .quota, .configuration:
            return nil
        }
    }
}
