/// Broken promises that a run must be caught with; each names the invariant that must notice.
package enum Sabotage: String, Sendable, CaseIterable {
    /// The store acknowledges an advance and keeps nothing of it.
    case lostCommit = "lost-commit"
    /// The store advances a snapshot without the events that tell of it.
    case silentSnapshot = "silent-snapshot"
    /// The store takes an event in and forgets one of its deliveries.
    case lostDelivery = "lost-delivery"
    /// The store acknowledges tries without keeping them.
    case unrecordedTry = "unrecorded-try"
    /// Deliveries of one chat do not wait for each other.
    case lanesIgnored = "lanes-ignored"
    /// An exchange of unknown outcome counts as accepted.
    case guessedSuccess = "guessed-success"
    /// The network layer repeats what may have arrived, by itself.
    case hiddenRepeat = "hidden-repeat"
    /// A later copy of an event has another body.
    case changedCopy = "changed-copy"
    /// Verdicts are acknowledged and not kept.
    case forgottenVerdict = "forgotten-verdict"
    /// The stored snapshot is not what the events tell.
    case driftingSnapshot = "drifting-snapshot"
    /// Lanes that failed once are never claimed again.
    case stuckLane = "stuck-lane"

    package var mustNotice: Set<Invariant> {
        switch self {
        case .lostCommit, .silentSnapshot, .lostDelivery, .guessedSuccess: [.nothingLost]
        case .unrecordedTry: [.recordedBeforeSent]
        case .lanesIgnored: [.inOrder]
        case .hiddenRepeat: [.recordedBeforeSent]
        case .changedCopy: [.sameCopies]
        case .forgottenVerdict: [.noNeedlessCopy]
        case .driftingSnapshot: [.snapshotIsFold]
        case .stuckLane: [.drains]
        }
    }
}
