import Glibc
import Testing
import Time

@testable import Scheduling

@Suite("The rhythm of the week")
struct RhythmTests {
    private static let office = (0..<168).map { hour in hour < 120 && (9..<18).contains(hour % 24) ? 15.0 : 1 }

    @Test(
        "the week begins on Monday at midnight in Shanghai",
        arguments: [
            ("2026-11-22T16:00:00Z", 0), ("2026-11-22T15:59:59.999Z", 167), ("2026-11-27T09:30:00Z", 4 * 24 + 17),
            ("1969-12-28T16:00:00Z", 0), ("1970-01-01T00:00:00Z", 80),
        ])
    func hours(instant: String, hour: Int) throws {
        #expect(WeekClock.hour(of: try #require(Timestamp(text: instant))) == hour)
    }

    @Test("a clock reads back the instant of a reading, and a week is a week")
    func inverse() {
        let clock = WeekRhythm(profile: Self.office).pollClock
        var random = SplitMix64(seed: 1)
        for _ in 0..<500 {
            let instant = monthStart + .milliseconds(Int64.random(in: -1_000_000_000...100_000_000_000, using: &random))
            #expect(abs((clock.instant(of: clock.reading(at: instant)) - instant).inSeconds) < 0.002)
            #expect(abs(clock.elapsed(from: instant, to: instant + .seconds(7 * 86_400)) - 7 * 86_400) < 1e-3)
        }
    }

    /// Feeds eight weeks of a chat that is polled every hour or two.
    private func learn(_ profile: [Double], perDay: Double, weeks: Int = 8) -> WeekRhythm {
        let truth = WeekRhythm(profile: profile)
        var random = SplitMix64(seed: 3)
        var learner = RhythmLearner()
        var rhythm = WeekRhythm.even
        let rate = perDay / 86_400
        var last = monthStart
        var refitted = monthStart
        while last < monthStart + .seconds(weeks * 7 * 86_400) {
            let now = last + .seconds(900 + 3600 * random.unit())
            let mean = rate * truth.evidenceClock.elapsed(from: last, to: now)
            learner.observe(changed: random.unit() < 1 - exp(-mean), from: last, to: now, rate: rate, rhythm: rhythm)
            if now - refitted > .seconds(86_400) {
                rhythm = learner.rhythm()
                refitted = now
            }
            last = now
        }
        return rhythm
    }

    @Test("office hours are learned, and the gain told")
    func office() {
        let truth = WeekRhythm(profile: Self.office)
        let learned = learn(Self.office, perDay: 8)
        #expect(abs(learned.gain - truth.gain) < 0.08)
        #expect(truth.gain > 0.3)
        let wednesday = 2 * 24
        #expect(learned.profile[wednesday + 11] > 6 * learned.profile[wednesday + 3])
        #expect(learned.profile[5 * 24 + 11] < 1)
    }

    @Test("chance alone makes no rhythm")
    func even() {
        #expect(learn(WeekClock.even.speeds, perDay: 8).gain < 0.01)
        #expect(RhythmLearner().rhythm() == .even)
    }

    @Test("the plan polls after the last change of the day, and rarely at night")
    func plan() throws {
        let rhythm = WeekRhythm(profile: Self.office)
        let plan = WeekPlan(rhythm)
        let mondayNoon = try #require(Timestamp(text: "2026-11-23T04:00:00Z"))
        let next = try #require(plan.next(after: mondayNoon, interval: 14_400))
        #expect(next > mondayNoon && next <= mondayNoon + .seconds(6 * 3600))
        let closing = try #require(Timestamp(text: "2026-11-23T10:00:00Z"))
        let night = try #require(plan.next(after: closing, interval: 14_400))
        #expect(night - closing >= .seconds(6 * 3600))
        // Followed through the week, every working day has a poll at six in the evening.
        var hours: [Int: Int] = [:]
        var poll = mondayNoon
        while poll < mondayNoon + .seconds(5 * 86_400 - 43_200) {
            poll = try #require(plan.next(after: poll, interval: 14_400))
            hours[WeekClock.hour(of: poll) % 24, default: 0] += 1
        }
        #expect(hours[18] == 5)
    }

    @Test("with an even week the plan is the even interval", arguments: [3.0, 8, 20])
    func evenPlan(hours: Double) throws {
        let plan = WeekPlan(.even)
        let next = try #require(plan.next(after: monthStart, interval: hours * 3600))
        #expect(abs((next - monthStart).inSeconds / (hours * 3600) - 1) < 0.25)
    }
}
