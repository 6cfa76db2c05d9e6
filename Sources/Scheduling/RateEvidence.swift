/// What polls have told of one chat's rate of change, apart from what is believed beforehand: as much as having seen
/// `changes` changes in `exposure` seconds.
///
/// Kept apart from the prior so that a better prior, learned later from all chats, applies to what is already known,
/// and so that old evidence decays towards the prior and not towards nothing.
struct RateEvidence: Sendable, Equatable {
    var changes: Double
    var exposure: Double

    static let none = RateEvidence(changes: 0, exposure: 0)

    mutating func decay(by factor: Double) {
        changes *= factor
        exposure *= factor
    }
}
