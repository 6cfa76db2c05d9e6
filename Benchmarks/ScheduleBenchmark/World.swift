import Glibc
import Scheduling
import Time

/// Chats that change by chance: when each change of each chat falls, and how often each could be expected to.
struct World {
    var start: Timestamp
    var days: Int
    /// Expected changes a day of each chat, on average over the week.
    var rates: [Double]
    /// Seconds after `start`, rising, of each chat.
    var changes: [[Double]]

    var seconds: Double { Double(days) * 86_400 }
}

/// Draws from distributions.
struct Chance {
    var bits: SplitMix64

    init(seed: UInt64) {
        bits = SplitMix64(seed: seed &* 0x9E37_79B9 &+ 12345)
    }

    mutating func unit() -> Double { bits.unit() }

    mutating func exponential() -> Double { -log(1 - unit()) }

    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }

    /// `count` rates that add up to `total`, log-normal with this deviation of the logarithm.
    mutating func logNormalRates(_ count: Int, deviation: Double, total: Double) -> [Double] {
        let raw = (0..<count).map { _ in exp(deviation * normal()) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum * total }
    }

    /// Poisson times over `seconds` at `rate` a second.
    mutating func poisson(rate: Double, seconds: Double) -> [Double] {
        var times: [Double] = []
        var time = exponential() / rate
        while time < seconds {
            times.append(time)
            time += exponential() / rate
        }
        return times
    }
}
