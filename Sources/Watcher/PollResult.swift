import DingTalk

/// What became of a poll, as the metrics tell it apart: a closed set.
package enum PollResult: String, Sendable, CaseIterable {
    /// Events came of it.
    case changed
    case unchanged
    // Refused by the platform; the classes of `ErrorClass`.
    case token, throttled, busy, quota, configuration, chat, programming, unknown
    // No answer of the platform; the kinds of `Unreadable`.
    case network, status, malformed, content
    /// Cut off, because the daemon stops.
    case cancelled

    init(_ reading: ChatReading, events: Int) {
        switch reading {
        case .answered, .unchanged: self = events > 0 ? .changed : .unchanged
        case .refused(let refusal): self.init(refusal.errorClass)
        case .unreadable(let failure): self.init(failure.kind)
        case .cancelled: self = .cancelled
        }
    }

    private init(_ errorClass: ErrorClass) {
        self =
            switch errorClass {
            case .token: .token
            case .throttled: .throttled
            case .busy: .busy
            case .quota: .quota
            case .configuration: .configuration
            case .chat: .chat
            case .programming: .programming
            case .unknown: .unknown
            }
    }

    private init(_ kind: Unreadable.Kind) {
        self =
            switch kind {
            case .network: .network
            case .status: .status
            case .malformed: .malformed
            case .content: .content
            }
    }
}
