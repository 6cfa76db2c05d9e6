import Glibc
import Time

/// Learns the rhythm of the week from all chats together: changes seen in each hour beside changes expected of an
/// even week.
struct RhythmLearner: Sendable, Equatable {
    /// A longer time between two polls says next to nothing of the hour.
    static let longestSpan: Duration = .seconds(36 * 3600)
    static let halfLife = 42.0 * 86_400
    /// Bounds of a profile: no hour is ever written off, none eats the whole budget.
    private static let floor = 0.02
    private static let ceiling = 40.0

    /// Changes seen, by hour of the week.
    private(set) var changes = [Double](repeating: 0, count: WeekClock.hours)
    /// Changes expected, had the rates been even.
    private(set) var expected = [Double](repeating: 0, count: WeekClock.hours)

    init() {}

    init?(changes: [Double], expected: [Double]) {
        guard changes.count == WeekClock.hours, expected.count == WeekClock.hours else { return nil }
        self.changes = changes
        self.expected = expected
    }

    mutating func decay(over elapsed: Double) {
        let factor = exp2(-elapsed / Self.halfLife)
        for hour in 0..<WeekClock.hours {
            changes[hour] *= factor
            expected[hour] *= factor
        }
    }

    /// Takes in what one poll saw of the time since the one before. `rate`: what the chat was believed to change at.
    ///
    /// When a change fell is not known, only between which polls: it counts in each hour in proportion to how likely
    /// it fell there, as the rhythm known so far has it. `changed` may hide several changes; so many as are to be
    /// expected count.
    mutating func observe(changed: Bool, from start: Timestamp, to end: Timestamp, rate: Double, rhythm: WeekRhythm) {
        guard start < end, end - start <= Self.longestSpan else { return }
        let clock = rhythm.evidenceClock
        let mean = rate * clock.elapsed(from: start, to: end)
        let share = changed && mean > 0 ? rate / -expm1(-mean) : 0
        var hour = WeekClock.hour(of: start)
        var from = start.milliseconds
        while from < end.milliseconds {
            let hourEnd = from - Self.intoHour(from) + WeekClock.hourLength
            let to = min(hourEnd, end.milliseconds)
            let seconds = Double(to - from) / 1000
            expected[hour] += rate * seconds
            changes[hour] += share * seconds * clock.speeds[hour]
            from = to
            hour = hour == WeekClock.hours - 1 ? 0 : hour + 1
        }
    }

    private static func intoHour(_ milliseconds: Int64) -> Int64 {
        let rest = milliseconds % WeekClock.hourLength
        return rest >= 0 ? rest : rest + WeekClock.hourLength
    }

    /// The profile that the counts bear out: hours of the day times days of the week, times what single hours add to
    /// it. Each of the three is drawn towards 1 as far as its spread is no more than chance makes.
    func rhythm() -> WeekRhythm {
        let total = expected.reduce(0, +)
        guard total > 0 else { return .even }
        let scale = changes.reduce(0, +) / total
        guard scale > 0 else { return .even }
        var fitted = expected.map { $0 * scale }
        for grouping in Self.groupings {
            var seen = [Double](repeating: 0, count: grouping.groups)
            var foreseen = seen
            for hour in 0..<WeekClock.hours {
                seen[grouping.group(hour)] += changes[hour]
                foreseen[grouping.group(hour)] += fitted[hour]
            }
            let factors = Self.shrunkRatios(seen, foreseen)
            for hour in 0..<WeekClock.hours { fitted[hour] *= factors[grouping.group(hour)] }
        }
        return WeekRhythm(
            profile: zip(fitted, expected).map { fit, even in
                even > 0 ? min(max(fit / (even * scale), Self.floor), Self.ceiling) : 1
            })
    }

    private struct Grouping: Sendable {
        var groups: Int
        var group: @Sendable (Int) -> Int
    }

    private static let groupings = [
        Grouping(groups: 24) { $0 % 24 },
        Grouping(groups: 7) { $0 / 24 },
        Grouping(groups: 168) { $0 },
    ]

    /// Ratios of counts to expectations, each drawn towards 1 by the variance between them (method of moments). What
    /// chance could make with one standard deviation of luck counts as chance.
    private static func shrunkRatios(_ seen: [Double], _ foreseen: [Double]) -> [Double] {
        var excess = 0.0
        var squares = 0.0
        var chance = 0.0
        for (count, mean) in zip(seen, foreseen) {
            excess += (count - mean) * (count - mean) - mean
            squares += mean * mean
            chance += 2 * mean * mean
        }
        let variance = (excess - chance.squareRoot()) / max(squares, .leastNormalMagnitude)
        guard variance > 0 else { return seen.map { _ in 1 } }
        let pseudoCount = 1 / variance
        return zip(seen, foreseen).map { ($0 + pseudoCount) / ($1 + pseudoCount) }
    }
}
