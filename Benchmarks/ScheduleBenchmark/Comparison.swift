/// One policy's figures over all worlds of a scenario.
struct Comparison {
    var policy: String
    /// Seconds.
    var mean: Double
    var p95: Double
    /// A world, on average.
    var calls: Int
    /// Mean delay over D* of constant rates, a world each.
    var ratio: Double
    var ratioError: Double
    /// Sum and number of the delays of each day's changes.
    private var days: [(sum: Double, count: Int)]

    init(_ policy: any Policy, _ scenario: Scenario) {
        var ratios: [Double] = []
        var delays: [Float] = []
        var means = 0.0
        var calls = 0
        var sums = [(sum: Double, count: Int)](repeating: (0, 0), count: scenario.days)
        for seed in 1...UInt64(scenario.seeds) {
            let world = scenario.world(seed: seed)
            let record = policy.run(world, scenario, seed: seed)
            ratios.append(record.mean / scenario.optimum(world))
            delays += record.delays
            means += record.mean
            calls += record.calls
            for (day, (sum, count)) in record.days.enumerated() {
                sums[day].sum += sum
                sums[day].count += count
            }
        }
        delays.sort()
        let worlds = Double(ratios.count)
        let ratio = ratios.reduce(0, +) / worlds
        let variance = ratios.reduce(0) { $0 + ($1 - ratio) * ($1 - ratio) } / max(worlds - 1, 1)
        self.policy = policy.name
        mean = means / worlds
        p95 = delays.isEmpty ? 0 : Double(delays[delays.count * 95 / 100])
        self.calls = calls / ratios.count
        self.ratio = ratio
        ratioError = (variance / worlds).squareRoot()
        days = sums
    }

    /// Mean delay of the changes of these days, in seconds.
    func mean(of range: Range<Int>) -> Double {
        let sum = days[range].reduce(0) { $0 + $1.sum }
        return sum / Double(max(1, days[range].reduce(0) { $0 + $1.count }))
    }
}
