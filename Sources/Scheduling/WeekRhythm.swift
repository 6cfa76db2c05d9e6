/// How an organization's changes spread over the week, and the two clocks that follow from it.
package struct WeekRhythm: Sendable, Equatable {
    /// Changes in an hour of the week, beside an average hour; Monday midnight in Asia/Shanghai first.
    package var profile: [Double] { evidenceClock.speeds }
    /// A chat's changes are an even Poisson process by this clock: its rate is measured in it.
    let evidenceClock: WeekClock
    /// The best poll rate goes with the square root of the rate of change, so polls are even by this clock.
    let pollClock: WeekClock

    init(profile: [Double]) {
        let evidenceClock = WeekClock(speeds: profile)
        self.evidenceClock = evidenceClock
        pollClock = WeekClock(speeds: evidenceClock.speeds.map { $0.squareRoot() })
    }

    package static let even = WeekRhythm(profile: WeekClock.even.speeds)

    /// The share of the mean delay that following the rhythm saves: 1 − (mean of √s)² for a profile s of mean 1.
    package var gain: Double {
        let mean = profile.reduce(0) { $0 + $1.squareRoot() } / Double(profile.count)
        return 1 - mean * mean
    }
}
