import Time

/// What a schedule keeps of one chat: small, for there may be a hundred thousand.
struct ChatRecord: Sendable {
    /// Where the chat is between two polls.
    enum Place: UInt8, Sendable {
        /// A free slot.
        case none
        /// Never read; to be read once, soon.
        case new
        /// Waits for the time at which it may be polled again.
        case resting
        /// May be polled when its turn comes.
        case ready
        /// To be polled before any turn: hinted at, or its fixed interval is over.
        case urgent
        /// Out being polled.
        case polling
    }

    var evidence: RateEvidence
    /// The last poll that succeeded.
    var lastPoll: Timestamp?
    /// The evidence of the last few polls alone.
    var recentChanges: Float = 0
    var recentExposure: Float = 0
    /// How much better the last few polls alone explain what came than all of them do, as a logarithm of likelihoods.
    var surprise: Float = 0
    var weight: Float
    /// The square root of weight times rate: how fast the root of the chat's index grows.
    var slope: Float = 0
    /// Fixed time between two polls, in seconds; 0 when the schedule chooses.
    var interval: Float
    var place: Place = .none
    /// A hint came that no poll has answered yet.
    var isHinted = false
    /// Learned something that has not been taken for storage.
    var isUnsaved = false

    init(_ terms: PollTerms, learned: LearnedRate?) {
        weight = Float(terms.weight)
        interval = Float(terms.interval?.inSeconds ?? 0)
        evidence = RateEvidence(changes: max(0, learned?.changes ?? 0), exposure: max(0, learned?.exposure ?? 0))
        lastPoll = learned?.lastPoll
    }

    var isFixed: Bool { interval > 0 }
}
