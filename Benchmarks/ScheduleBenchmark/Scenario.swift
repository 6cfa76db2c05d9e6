import Glibc
import Scheduling
import Time

/// A world to be simulated, and what the polls have to work with.
struct Scenario {
    var name: String
    var days: Int
    var callsPerMonth: Int
    /// Worlds to average over.
    var seeds: Int
    /// Changes before this day are left out of the figures: once learned.
    var countedFrom = 0
    /// Of the rates' logarithm, where they are log-normal and changes Poisson.
    var deviation: Double?
    var makeWorld: @Sendable (Timestamp, Int, inout Chance) -> World

    /// Midnight in Shanghai of 1 November 2026, a Sunday; November has 30 days.
    static let start = Timestamp(milliseconds: 1_793_462_400_000)

    func world(seed: UInt64) -> World {
        var chance = Chance(seed: seed)
        return makeWorld(Self.start, days, &chance)
    }

    /// D* of constant rates, in seconds: (Σ√λ)² / (2B·Σλ).
    func optimum(_ world: World) -> Double {
        let roots = world.rates.reduce(0) { $0 + $1.squareRoot() }
        return roots * roots / (2 * calls / Double(days) * world.rates.reduce(0, +)) * 86_400
    }

    /// Calls that the calendar grants over the days counted.
    var calls: Double {
        var calls = 0.0
        var instant = Self.start
        let end = Self.start + .seconds(days * 86_400)
        while instant < end {
            let month = CallMonth(containing: instant)
            let part = min(month.end, end) - instant
            calls += Double(callsPerMonth) * part.inSeconds / (month.end - month.start).inSeconds
            instant = month.end
        }
        return calls
    }
}

extension Scenario {
    static let logNormal: @Sendable (Timestamp, Int, inout Chance) -> World = { start, days, chance in
        let rates = chance.logNormalRates(50, deviation: 1.5, total: 40)
        return poisson(start, days, rates, &chance)
    }

    static func poisson(_ start: Timestamp, _ days: Int, _ rates: [Double], _ chance: inout Chance) -> World {
        let seconds = Double(days) * 86_400
        let changes = rates.map { chance.poisson(rate: $0 / 86_400, seconds: seconds) }
        return World(start: start, days: days, rates: rates, changes: changes)
    }

    static func officeHours(days: Int) -> Scenario {
        Scenario(name: "office hours, \(days) days", days: days, callsPerMonth: 5000, seeds: 30, makeWorld: officeWorld)
    }

    static let all: [Scenario] = [
        Scenario(
            name: "50 chats, log-normal 1.5, 30 days", days: 30, callsPerMonth: 5000, seeds: 100, deviation: 1.5,
            makeWorld: logNormal),
        Scenario(
            name: "50 chats, log-normal 1.5, 90 days", days: 90, callsPerMonth: 5000, seeds: 60, deviation: 1.5,
            makeWorld: logNormal),
        Scenario(
            name: "1,000 chats, log-normal 2", days: 30, callsPerMonth: 200_000, seeds: 5, deviation: 2
        ) { start, days, chance in
            poisson(start, days, chance.logNormalRates(1000, deviation: 2, total: 800), &chance)
        },
        Scenario(name: "bursts (Hawkes)", days: 30, callsPerMonth: 5000, seeds: 40, makeWorld: bursts),
        officeHours(days: 30),
        Scenario(
            name: "office hours, days 31 to 90", days: 90, callsPerMonth: 5000, seeds: 20, countedFrom: 30,
            makeWorld: officeWorld),
        Scenario(name: "one chat a hundredfold from day 15", days: 30, callsPerMonth: 5000, seeds: 40, makeWorld: jump),
        Scenario(name: "all equal", days: 30, callsPerMonth: 5000, seeds: 40) { start, days, chance in
            poisson(start, days, Array(repeating: 0.8, count: 50), &chance)
        },
    ]

    /// Every change brings 0.6 more on average, within an hour or so (Hawkes, exponential).
    private static let bursts: @Sendable (Timestamp, Int, inout Chance) -> World = { start, days, chance in
        let rates = chance.logNormalRates(50, deviation: 1.5, total: 40)
        let branching = 0.6
        let seconds = Double(days) * 86_400
        let changes = rates.map { rate in
            var pending = chance.poisson(rate: rate * (1 - branching) / 86_400, seconds: seconds)
            var times: [Double] = []
            while let time = pending.popLast() {
                times.append(time)
                var offspring = chance.exponential()
                while offspring < branching {
                    let child = time + 3600 * chance.exponential()
                    if child < seconds { pending.append(child) }
                    offspring += chance.exponential()
                }
            }
            return times.sorted()
        }
        return World(start: start, days: days, rates: rates, changes: changes)
    }

    /// Nine to eighteen on weekdays fifteen times as much as at other times.
    private static let officeWorld: @Sendable (Timestamp, Int, inout Chance) -> World = { start, days, chance in
        let rates = chance.logNormalRates(50, deviation: 1.5, total: 40)
        let profile = officeProfile
        let peak = profile.max() ?? 1
        let seconds = Double(days) * 86_400
        let changes = rates.map { rate in
            chance.poisson(rate: rate * peak / 86_400, seconds: seconds).filter { time in
                chance.unit() * peak < profile[(Int(time / 3600) + 6 * 24) % 168]
            }
        }
        return World(start: start, days: days, rates: rates, changes: changes)
    }

    /// Monday first; mean 1.
    static let officeProfile: [Double] = {
        let raw = (0..<168).map { hour in hour < 120 && (9..<18).contains(hour % 24) ? 15.0 : 1 }
        let mean = raw.reduce(0, +) / 168
        return raw.map { $0 / mean }
    }()

    private static let jump: @Sendable (Timestamp, Int, inout Chance) -> World = { start, days, chance in
        var rates = chance.logNormalRates(50, deviation: 1.5, total: 40).sorted()
        var world = poisson(start, days, rates, &chance)
        let half = world.seconds / 2
        let later = chance.poisson(rate: rates[25] * 100 / 86_400, seconds: half).map { $0 + half }
        world.changes[25] = world.changes[25].filter { $0 < half } + later
        rates[25] *= 50.5
        world.rates = rates
        return world
    }
}
