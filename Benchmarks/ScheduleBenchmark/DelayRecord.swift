/// Follows the changes of a world as polls find them.
struct DelayRecord {
    private let world: World
    private let countedFrom: Double
    private var found: [Int]
    private(set) var delays: [Float] = []
    private(set) var sum = 0.0
    /// Sum and number of the delays of the changes of each day.
    private(set) var days: [(sum: Double, count: Int)]
    private(set) var calls = 0
    private(set) var unfound: Int

    init(_ world: World, countedFrom: Int) {
        self.world = world
        self.countedFrom = Double(countedFrom) * 86_400
        found = Array(repeating: 0, count: world.changes.count)
        days = Array(repeating: (0, 0), count: world.days)
        unfound = world.changes.reduce(0) { $0 + $1.count }
    }

    var mean: Double { sum / Double(max(delays.count, 1)) }

    /// A poll, in seconds after the start; whether it found a change.
    mutating func poll(_ chat: Int, at time: Double) -> Bool {
        if time < world.seconds { calls += 1 }
        let changes = world.changes[chat]
        let first = found[chat]
        while found[chat] < changes.count, changes[found[chat]] <= time {
            let change = changes[found[chat]]
            if change >= countedFrom {
                delays.append(Float(time - change))
                sum += time - change
                days[Int(change / 86_400)].sum += time - change
                days[Int(change / 86_400)].count += 1
            }
            found[chat] += 1
            unfound -= 1
        }
        return found[chat] > first
    }
}
