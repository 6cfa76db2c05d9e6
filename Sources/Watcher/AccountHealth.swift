package import Chats
package import DingTalk
package import Time

/// How the account as a whole fares: when a failure concerns every chat, how long to hold all polls, and what to tell.
package struct AccountHealth: Sendable, Equatable {
    /// Unreadable answers in a row that make the platform count as failing: one may be chance.
    static let unreadableTolerance = 3
    static let longestPause: Duration = .seconds(300)

    /// Whether `watch.failing` has been told and `watch.recovered` has not.
    package private(set) var isFailing: Bool
    private var failuresInARow = 0

    package init(isFailing: Bool) {
        self.isFailing = isFailing
    }

    /// What to do after a poll.
    package struct Reaction: Sendable, Equatable {
        /// No poll of any chat before this time.
        package var pauseUntil: Timestamp?
        /// To be announced.
        package var announcement: Change?
    }

    package mutating func note(_ reading: ChatReading, at now: Timestamp) -> Reaction {
        switch reading {
        case .answered, .unchanged: succeeded()
        case .refused(let refusal): refused(refusal, at: now)
        case .unreadable(let failure): unreadable(failure, at: now)
        case .cancelled: Reaction()
        }
    }

    private mutating func succeeded() -> Reaction {
        failuresInARow = 0
        guard isFailing else { return Reaction() }
        isFailing = false
        return Reaction(
            announcement: .watchRecovered(Change.Refusal(code: 0, message: "ok"), hint: "polling goes on"))
    }

    private mutating func refused(_ refusal: Refusal, at now: Timestamp) -> Reaction {
        switch refusal.errorClass {
        case .chat, .busy, .programming, .unknown:
            // One chat's affair; and the platform does answer.
            failuresInARow = 0
            return Reaction()
        case .throttled:
            failuresInARow += 1
            return Reaction(pauseUntil: refusal.until ?? now + pause(from: .seconds(5)))
        case .token, .configuration:
            failuresInARow += 1
            return Reaction(
                pauseUntil: now + pause(from: .seconds(60)),
                announcement: failing(refusal.told, hint: refusal.hint))
        case .quota:
            return Reaction(
                pauseUntil: CallMonth(containing: now).end, announcement: failing(refusal.told, hint: refusal.hint))
        }
    }

    private mutating func unreadable(_ failure: Unreadable, at now: Timestamp) -> Reaction {
        failuresInARow += 1
        let told = Change.Refusal(code: 0, message: failure.text)
        switch failure.kind {
        case .malformed:
            // A page instead of JSON is what a blocked address gets; a block lasts five minutes.
            let hint = "the platform answers with something else than its API: is this machine's address blocked?"
            return Reaction(
                pauseUntil: failuresInARow < Self.unreadableTolerance ? now + .seconds(5) : now + .seconds(300),
                announcement: failuresInARow < Self.unreadableTolerance ? nil : failing(told, hint: hint))
        case .network, .status:
            let hint = "check the network and dingtalk.baseURL"
            return Reaction(
                pauseUntil: now + pause(from: .seconds(1)),
                announcement: failuresInARow < Self.unreadableTolerance ? nil : failing(told, hint: hint))
        }
    }

    private func pause(from first: Duration) -> Duration {
        min(first * (1 << min(max(failuresInARow - 1, 0), 16)), Self.longestPause)
    }

    private mutating func failing(_ refusal: Change.Refusal, hint: String) -> Change? {
        guard !isFailing else { return nil }
        isFailing = true
        return .watchFailing(refusal, hint: hint)
    }
}
