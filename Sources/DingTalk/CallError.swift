/// Why a call did not succeed.
package enum CallError: Error, Sendable, Equatable {
    case refused(Refusal)
    case unreadable(Unreadable)
    case cancelled
}
