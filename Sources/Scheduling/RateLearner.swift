import Glibc
import Time

/// Learns each chat's rate from its polls, and from all chats what to expect of a new one and of an hour of the week.
struct RateLearner: Sendable {
    /// Evidence this old counts half.
    static let halfLife = 70.0 * 86_400
    /// What the evidence of the last few polls keeps from poll to poll.
    private static let recentMemory = 0.75
    /// With a likelihood ratio of e⁶ and more for the last few polls, what came before is of another time.
    private static let surpriseLimit: Float = 6
    private static let rhythmPeriod: Duration = .seconds(12 * 3600)
    /// A rhythm that gains less than this is followed by the clock alone.
    private static let leastGain = 0.03
    /// Chats looked at by a fit of the prior.
    private static let sampleSize = 256

    private(set) var prior: RatePrior
    private(set) var rhythm: WeekRhythm
    /// Nil while the rhythm is even.
    private(set) var plan: WeekPlan?
    private(set) var rhythmLearner: RhythmLearner
    private var rhythmFittedAt: Timestamp?
    private var polls = 0
    private var pollsAtFit = 0
    private var sampleStart = 0

    init(_ learned: LearnedOrganization?) {
        prior = .initial
        rhythmLearner = RhythmLearner()
        if let learned, learned.prior.logMedian.isFinite, learned.prior.deviation > 0 { prior = learned.prior }
        if let learned, let stored = RhythmLearner(changes: learned.hourChanges, expected: learned.hourExpected) {
            rhythmLearner = stored
        }
        rhythm = rhythmLearner.rhythm()
        plan = Self.plan(for: rhythm)
    }

    private static func plan(for rhythm: WeekRhythm) -> WeekPlan? {
        rhythm.gain > leastGain ? WeekPlan(rhythm) : nil
    }

    var learned: LearnedOrganization {
        LearnedOrganization(
            prior: prior, hourChanges: rhythmLearner.changes, hourExpected: rhythmLearner.expected)
    }

    /// The square root of weight times expected rate.
    func slope(of record: ChatRecord) -> Float {
        (record.weight * Float(RateBelief(prior, record.evidence).mean)).squareRoot()
    }

    /// Takes in a poll that succeeded. The first of a chat teaches nothing: nothing is known of the time before it.
    mutating func observe(_ record: inout ChatRecord, changed: Bool, at now: Timestamp) {
        if let last = record.lastPoll, last < now {
            learn(&record, changed: changed, from: last, to: now)
            polls += 1
        }
        record.lastPoll = now
        record.isUnsaved = true
        record.slope = slope(of: record)
    }

    private mutating func learn(_ record: inout ChatRecord, changed: Bool, from last: Timestamp, to now: Timestamp) {
        let elapsed = rhythm.evidenceClock.elapsed(from: last, to: now)
        let belief = RateBelief(prior, record.evidence)
        var recent = RateEvidence(changes: Double(record.recentChanges), exposure: Double(record.recentExposure))
        let recentBelief = RateBelief(prior, recent)
        rhythmLearner.observe(changed: changed, from: last, to: now, rate: belief.mean, rhythm: rhythm)
        let silence = belief.silence(over: elapsed)
        let recentSilence = recentBelief.silence(over: elapsed)
        let ratio = changed ? log((1 - recentSilence) / (1 - silence)) : log(recentSilence / silence)
        if ratio.isFinite { record.surprise = max(0, record.surprise + Float(ratio)) }

        record.evidence.observe(changed: changed, after: elapsed, belief: belief)
        record.evidence.decay(by: exp2(-(now - last).inSeconds / Self.halfLife))
        recent.observe(changed: changed, after: elapsed, belief: recentBelief)
        recent.decay(by: Self.recentMemory)
        if record.surprise > Self.surpriseLimit {
            record.evidence = recent
            record.surprise = 0
        }
        record.recentChanges = Float(recent.changes)
        record.recentExposure = Float(recent.exposure)
    }

    /// Fits the prior again once enough was learned since the last fit. Costs no more than a few polls do, on average.
    mutating func refitPrior(_ records: [ChatRecord]) {
        let due = min(max(16, records.count / 4, pollsAtFit / 32), 8192)
        guard polls - pollsAtFit >= due else { return }
        pollsAtFit = polls
        var sample: [RateEvidence] = []
        let step = max(1, records.count / Self.sampleSize)
        sampleStart = (sampleStart + 1) % step
        for index in stride(from: sampleStart, to: records.count, by: step) where records[index].evidence.exposure > 0 {
            sample.append(records[index].evidence)
        }
        prior = prior.fitted(to: sample)
    }

    /// Fits the rhythm again a few times a day; whether it did.
    mutating func refitRhythm(at now: Timestamp) -> Bool {
        guard let last = rhythmFittedAt else {
            rhythmFittedAt = now
            return false
        }
        guard now - last >= Self.rhythmPeriod else { return false }
        rhythmLearner.decay(over: (now - last).inSeconds)
        rhythm = rhythmLearner.rhythm()
        rhythmFittedAt = now
        plan = Self.plan(for: rhythm)
        return true
    }
}
