import Scheduling
import Time

/// A way of spending the calls, run against a world until every change is found.
protocol Policy {
    var name: String { get }
    func run(_ world: World, _ scenario: Scenario, seed: UInt64) -> DelayRecord
}

/// The schedule of the daemon, which starts knowing nothing.
struct LearningPolicy: Policy {
    let name = "belfry"

    func run(_ world: World, _ scenario: Scenario, seed: UInt64) -> DelayRecord {
        var record = DelayRecord(world, countedFrom: scenario.countedFrom)
        let limits = IndexSchedule.Limits(callsPerSecond: 15, interval: .seconds(5) ... .seconds(60 * 86_400))
        let budget = CallBudget(callsPerMonth: scenario.callsPerMonth, at: world.start)
        var schedule = IndexSchedule(limits: limits, budget: budget, at: world.start, seed: seed)
        let names = world.rates.indices.map { "chat\($0)" }
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        for name in names { schedule.add(name, at: world.start) }
        var now = world.start
        while record.unfound > 0 {
            switch schedule.next(at: now) {
            case .poll(let chat):
                let changed = record.poll(numbers[chat] ?? 0, at: (now - world.start).inSeconds)
                schedule.finished(chat, outcome: changed ? .changed : .unchanged, backoff: nil, at: now)
            case .wait(let until):
                precondition(until > now, "a wait that does not move on")
                now = until
            case .idle:
                preconditionFailure("idle with changes to be found")
            }
        }
        return record
    }
}

/// Each chat in turn.
struct RoundRobin: Policy {
    let name = "round robin"

    func run(_ world: World, _ scenario: Scenario, seed: UInt64) -> DelayRecord {
        var record = DelayRecord(world, countedFrom: scenario.countedFrom)
        let spacing = world.seconds / scenario.calls
        var call = 0
        while record.unfound > 0 {
            _ = record.poll(call % world.rates.count, at: Double(call) * spacing)
            call += 1
        }
        return record
    }
}

/// All chats together, every so often.
struct FixedInterval: Policy {
    let name = "fixed interval"

    func run(_ world: World, _ scenario: Scenario, seed: UInt64) -> DelayRecord {
        var record = DelayRecord(world, countedFrom: scenario.countedFrom)
        let interval = world.seconds / scenario.calls * Double(world.rates.count)
        var round = 0.0
        while record.unfound > 0 {
            for chat in world.rates.indices { _ = record.poll(chat, at: round * interval) }
            round += 1
        }
        return record
    }
}

/// Each chat as often as it changes, with rates that it is told.
struct RateProportional: Policy {
    let name = "rate-proportional"

    func run(_ world: World, _ scenario: Scenario, seed: UInt64) -> DelayRecord {
        var record = DelayRecord(world, countedFrom: scenario.countedFrom)
        var chance = Chance(seed: seed)
        let total = world.rates.reduce(0, +)
        let intervals = world.rates.map { world.seconds / scenario.calls * total / $0 }
        var due = intervals.map { $0 * chance.unit() }
        while record.unfound > 0 {
            let chat = due.indices.min { due[$0] < due[$1] } ?? 0
            _ = record.poll(chat, at: due[chat])
            due[chat] += intervals[chat]
        }
        return record
    }
}

/// The greatest index by plain search at even times, with rates from elsewhere.
struct InformedIndex: Policy {
    enum Knowledge {
        /// Is told the rates.
        case rates
        /// Has to learn, but better than any poll allows: see `PerfectObserver`.
        case counts
    }

    var knowledge: Knowledge

    var name: String { knowledge == .rates ? "index, told the rates" : "index, perfect learner" }

    func run(_ world: World, _ scenario: Scenario, seed: UInt64) -> DelayRecord {
        var record = DelayRecord(world, countedFrom: scenario.countedFrom)
        let spacing = world.seconds / scenario.calls
        var observer = PerfectObserver(world, deviation: scenario.deviation ?? 0)
        var slopes = knowledge == .rates ? world.rates.map { $0.squareRoot() } : world.rates.map { _ in 1 }
        var last = [Double](repeating: 0, count: slopes.count)
        var time = 0.0
        while record.unfound > 0 {
            time += spacing
            var best = 0
            for chat in slopes.indices where slopes[chat] * (time - last[chat]) > slopes[best] * (time - last[best]) {
                best = chat
            }
            last[best] = time
            _ = record.poll(best, at: time)
            if knowledge == .counts { slopes[best] = observer.slope(best, at: time) }
        }
        return record
    }
}
