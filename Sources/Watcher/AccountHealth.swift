package import Chats
package import DingTalk
package import Time

/// How the account as a whole fares: when a failure concerns every chat, how long to hold all polls, and what to tell.
package struct AccountHealth: Sendable, Equatable {
    /// What has been told as `watch.failing`, and not yet as recovered.
    package struct Trouble: Sendable, Equatable {
        package var refusal: Change.Refusal
        package var hint: String

        package init(_ refusal: Change.Refusal, hint: String) {
            self.refusal = refusal
            self.hint = hint
        }
    }

    /// What to do after a poll.
    package struct Reaction: Sendable, Equatable {
        /// No poll of any chat for so long.
        package var pause: Duration?
        /// Whether the platform itself said how long: then nobody's wish shortens it.
        package var isPauseBinding = false
        /// To be announced.
        package var announcement: Change?
    }

    /// When a poll ran: by the wall, which the platform's texts name, and by the clock that decides.
    package struct Span: Sendable, Equatable {
        package var wall: Timestamp
        package var startedAt: Timestamp
        package var endedAt: Timestamp

        package init(wall: Timestamp, startedAt: Timestamp, endedAt: Timestamp) {
            self.wall = wall
            self.startedAt = startedAt
            self.endedAt = endedAt
        }
    }

    /// Answers in a row that cannot be read, after which it is the platform and not one chat: then polls are held.
    static let tolerance = 3
    /// Throttled calls in a row that are worth telling: by then a pause is as long as pauses get.
    static let throttleTolerance = 8
    static let longestPause: Duration = .seconds(300)
    /// While somebody has to mend something, each probe may cost a call.
    static let longestProbe: Duration = .seconds(900)
    /// A page instead of JSON is what a blocked address gets; a block lasts five minutes.
    static let blockPause: Duration = .seconds(300)

    package private(set) var trouble: Trouble?
    private var failuresInARow = 0
    /// When the last failure was counted: polls that were out by then fail for the same reason and count with it.
    private var countedAt: Timestamp?

    /// `trouble`: what was told before a restart.
    package init(trouble: Trouble? = nil) {
        self.trouble = trouble
    }

    /// Whether polls are only to see if it goes again: then one is enough at a time.
    package var isProbing: Bool { trouble != nil || failuresInARow >= Self.tolerance }

    package mutating func note(_ reading: ChatReading, _ span: Span) -> Reaction {
        switch reading {
        case .answered, .unchanged: succeeded()
        case .refused(let refusal): refused(refusal, span)
        case .unreadable(let failure): unreadable(failure, span)
        case .cancelled: Reaction()
        }
    }

    /// Nothing is left of the calls that we were granted; no poll is needed to know.
    package mutating func noteSpent(calls: Int, until end: Timestamp) -> Change? {
        failing(
            Change.Refusal(code: 90020, message: "the \(calls) calls of dingtalk.callsPerMonth are spent"),
            hint: "polling goes on at \(end); raise dingtalk.callsPerMonth if the organization has more")
    }

    private mutating func succeeded() -> Reaction {
        answered()
        guard trouble != nil else { return Reaction() }
        trouble = nil
        return Reaction(
            announcement: .watchRecovered(Change.Refusal(code: 0, message: "ok"), hint: "polling goes on"))
    }

    /// The platform does answer.
    private mutating func answered() {
        failuresInARow = 0
        countedAt = nil
    }

    private mutating func refused(_ refusal: Refusal, _ span: Span) -> Reaction {
        switch refusal.errorClass {
        case .chat, .busy, .programming, .unknown:
            answered()
            return Reaction()
        case .throttled:
            count(span)
            let isLong = failuresInARow >= Self.throttleTolerance
            let told = isLong ? failing(refusal.told, hint: refusal.hint) : nil
            guard let end = refusal.until, end > span.wall else {
                return Reaction(pause: pause(from: .seconds(5)), announcement: told)
            }
            return Reaction(pause: min(end - span.wall, .seconds(86_400)), isPauseBinding: true, announcement: told)
        case .token, .configuration:
            count(span)
            return Reaction(
                pause: pause(from: .seconds(60), atMost: Self.longestProbe),
                announcement: failing(refusal.told, hint: refusal.hint))
        case .quota:
            // The schedule itself waits for the month's end.
            return Reaction(announcement: failing(refusal.told, hint: refusal.hint))
        }
    }

    private mutating func unreadable(_ failure: Unreadable, _ span: Span) -> Reaction {
        if failure.kind == .content {
            answered()
            return Reaction()
        }
        count(span)
        guard failuresInARow >= Self.tolerance else { return Reaction() }
        let told = Change.Refusal(code: 0, message: failure.text)
        if failure.kind == .malformed {
            let hint = "the platform answers with something else than its API: is this machine's address blocked?"
            return Reaction(pause: Self.blockPause, announcement: failing(told, hint: hint))
        }
        return Reaction(
            pause: pause(from: .seconds(1), after: Self.tolerance),
            announcement: failing(told, hint: "check the network and dingtalk.baseURL"))
    }

    private mutating func count(_ span: Span) {
        if let countedAt, span.startedAt < countedAt { return }
        failuresInARow += 1
        countedAt = span.endedAt
    }

    /// Doubles with every failure in a row, the first of which is the `after`-th.
    private func pause(from first: Duration, after start: Int = 1, atMost longest: Duration = longestPause) -> Duration
    {
        min(first * (1 << min(max(failuresInARow - start, 0), 16)), longest)
    }

    private mutating func failing(_ refusal: Change.Refusal, hint: String) -> Change? {
        guard trouble == nil else { return nil }
        trouble = Trouble(refusal, hint: hint)
        return .watchFailing(refusal, hint: hint)
    }
}
