import Time

/// The best time of the next poll, by the hour of the week of the last one and by how much a call is worth to the chat.
///
/// Where changes come in office hours and polls are hours apart, even spacing by a clock is not the best: the poll
/// that pays most is the one right after the day's last change. Which sequence of polls costs least, delay and calls
/// together, is found by dynamic programming over half hours of a few weeks, once for each of some dozens of prices.
/// What a chat's price is depends only on the interval it would have by the poll clock, so one table serves all
/// chats.
struct WeekPlan: Sendable, Equatable {
    private static let slotLength: Int64 = WeekClock.hourLength / 2
    private static let slots = 2 * WeekClock.hours
    /// Shorter intervals follow the clock: within them the rhythm hardly changes. Longer ones pass over whole days.
    private static let shortest = 1800.0
    private static let longest = 4.0 * 86_400
    private static let ratio = 1.12
    /// Weeks after which what lies beyond does not matter any more.
    private static let horizon = 3 * slots

    /// Half hours from a slot to the next poll: a row of `slots` for each interval, shortest first.
    private var waits: [UInt16] = []

    init(_ rhythm: WeekRhythm) {
        let halves = rhythm.profile.flatMap { [$0, $0] }
        let seconds = Double(Self.slotLength) / 1000
        let length = Self.horizon + Self.slots
        // Changes before each slot, and their moments, at one change a second.
        var changes = [0.0]
        var moments = [0.0]
        for slot in 0..<length {
            let mass = halves[slot % Self.slots] * seconds
            changes.append(changes[slot] + mass)
            moments.append(moments[slot] + mass * (Double(slot) + 0.5) * seconds)
        }
        let meanRoot = (1 - rhythm.gain).squareRoot()
        var interval = Self.shortest
        while interval <= Self.longest {
            let price = interval * meanRoot * interval * meanRoot / 2
            waits += Self.row(price: price, changes: changes, moments: moments, seconds: seconds)
            interval *= Self.ratio
        }
    }

    /// Least costs backwards from the horizon; the first week's decisions are the periodic ones.
    private static func row(price: Double, changes: [Double], moments: [Double], seconds: Double) -> [UInt16] {
        var costs = [Double](repeating: 0, count: horizon + slots)
        var waits = [UInt16](repeating: 1, count: slots)
        for slot in stride(from: horizon - 1, through: 0, by: -1) {
            var least = Double.infinity
            var wait = 1
            for candidate in 1..<slots {
                let end = slot + candidate
                let delay = Double(end) * seconds * (changes[end] - changes[slot]) - (moments[end] - moments[slot])
                // Costs fall with time, by the price of one poll and its delay at most for each poll left out.
                if delay > 8 * price, candidate > 1 { break }
                let cost = delay + price + costs[end]
                if cost < least { (least, wait) = (cost, candidate) }
            }
            costs[slot] = least
            if slot < slots { waits[slot] = UInt16(wait) }
        }
        return waits
    }

    /// When to poll next; nil where the clock decides. `interval`: in seconds by the poll clock.
    func next(after last: Timestamp, interval: Double) -> Timestamp? {
        guard interval >= Self.shortest * 2, interval < Self.longest else { return nil }
        var row = 0
        var bound = Self.shortest * 1.06
        while bound < interval {
            row += 1
            bound *= Self.ratio
        }
        let hour = WeekClock.hour(of: last)
        let intoHour = last.milliseconds - WeekClock.startOfHour(last.milliseconds)
        let slot = 2 * hour + (intoHour >= Self.slotLength ? 1 : 0)
        guard row * Self.slots + slot < waits.count else { return nil }
        let wait = Int64(waits[row * Self.slots + slot])
        let start = last.milliseconds - intoHour % Self.slotLength
        let end = start + wait * Self.slotLength
        return Timestamp(milliseconds: end)
    }
}
