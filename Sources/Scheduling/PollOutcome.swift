/// What a poll taught, as far as a schedule learns from it.
package enum PollOutcome: Sendable, Equatable {
    case changed, unchanged
    /// No answer, or a refusal.
    case failed
    /// The month's calls are spent, whatever our own count says.
    case quotaSpent

    var isSuccess: Bool { self == .changed || self == .unchanged }
}
