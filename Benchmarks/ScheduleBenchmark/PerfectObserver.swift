import Glibc

/// Learns as well as anyone can from polls: is told at each how many changes there were, which no real poll tells,
/// and from the start how the rates are distributed. What it loses against known rates is about what has to be lost
/// by learning.
struct PerfectObserver {
    private static let nodes: [Double] = (0..<61).map { -4.5 + 0.15 * Double($0) }

    private let world: World
    private let rates: [Double]
    private var counts: [Int]

    init(_ world: World, deviation: Double) {
        self.world = world
        counts = Array(repeating: 0, count: world.rates.count)
        let mean = world.rates.reduce(0, +) / Double(world.rates.count)
        rates = Self.nodes.map { mean * exp(deviation * $0 - deviation * deviation / 2) }
    }

    /// The root of a chat's expected rate after a poll.
    mutating func slope(_ chat: Int, at time: Double) -> Double {
        let days = time / 86_400
        let changes = world.changes[chat]
        while counts[chat] < changes.count, changes[counts[chat]] <= time { counts[chat] += 1 }
        let logs = zip(Self.nodes, rates).map { node, rate in
            Double(counts[chat]) * log(rate) - rate * days - node * node / 2
        }
        let greatest = logs.max() ?? 0
        var mass = 0.0
        var sum = 0.0
        for (logarithm, rate) in zip(logs, rates) {
            let weight = exp(logarithm - greatest)
            mass += weight
            sum += weight * rate
        }
        return (sum / mass).squareRoot()
    }
}
