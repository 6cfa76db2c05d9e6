import DingTalk
import Store
import Time

/// What the watcher keeps in memory of a chat: next to nothing, for there may be a hundred thousand.
struct WatchedChat: Sendable {
    /// Refusals in a row that make a chat count as lost.
    static let refusalTolerance = 3
    /// Busy answers in a row after which a chat waits for its ordinary turn.
    static let busyTolerance = 3
    private static let busyPause: Duration = .seconds(5)

    /// What the operator asks for it.
    var plan: WatchPlan.Chat
    /// Of the last answer that is wholly stored.
    private(set) var digest: ReplyDigest?
    /// The last poll that succeeded in this process.
    private(set) var seenAt: Timestamp?
    private(set) var refusalsInARow = 0
    private var failuresInARow = 0
    private var busyInARow = 0
    /// Somebody asked for the next poll.
    var isAskedFor = false
    /// As it is stored; nil before its first answer.
    var state: ChatSummary.State?

    init(_ plan: WatchPlan.Chat, state: ChatSummary.State? = nil) {
        self.plan = plan
        self.state = state
    }

    /// Polled no more, unless somebody asks.
    var isDismissed: Bool { state == .dismissed }

    /// Whether one refusal more means that the chat can no longer be read.
    func isLost(after refusal: Refusal) -> Bool {
        refusal.errorClass == .chat && refusalsInARow + 1 >= Self.refusalTolerance
    }

    /// Takes in a reading. Returns how long the chat is to rest beyond its ordinary interval, nil for not at all.
    mutating func note(_ reading: ChatReading, at now: Timestamp, interval: ClosedRange<Duration>) -> Duration? {
        switch reading {
        case .answered(_, let digest):
            succeeded(at: now)
            self.digest = digest
            return nil
        case .unchanged:
            succeeded(at: now)
            return nil
        case .refused(let refusal):
            return note(refusal, interval: interval)
        case .unreadable(let failure):
            return failure.kind == .content ? growingRest(interval) : nil
        case .cancelled:
            return nil
        }
    }

    private mutating func succeeded(at now: Timestamp) {
        seenAt = now
        (refusalsInARow, failuresInARow, busyInARow) = (0, 0, 0)
    }

    private mutating func note(_ refusal: Refusal, interval: ClosedRange<Duration>) -> Duration? {
        switch refusal.errorClass {
        case .chat, .programming, .unknown:
            // The next answer is to be read even if it equals the last: it ends a silence.
            digest = nil
            refusalsInARow = refusal.errorClass == .chat ? refusalsInARow + 1 : 0
            return growingRest(interval)
        case .busy:
            busyInARow += 1
            return busyInARow <= Self.busyTolerance ? Self.busyPause * (1 << (busyInARow - 1)) : nil
        case .token, .throttled, .quota, .configuration:
            return nil
        }
    }

    /// A refused call is metered like any other and brings nothing.
    private mutating func growingRest(_ interval: ClosedRange<Duration>) -> Duration {
        failuresInARow += 1
        return min(interval.lowerBound * (1 << min(failuresInARow, 20)), interval.upperBound)
    }
}
