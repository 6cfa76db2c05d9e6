import Time

/// How fast calls have been spent lately, from a count an hour over a day.
struct CallPace: Sendable {
    private static let interval: Duration = .seconds(3600)
    private static let span = 25

    private var samples: [(at: Timestamp, used: Int)] = []

    /// A count that fell begins anew: another month, or calls that were given back.
    mutating func note(used: Int, at now: Timestamp) {
        if let last = samples.last, used < last.used { samples.removeAll() }
        if let last = samples.last, now - last.at < Self.interval { return }
        samples.append((now, used))
        if samples.count > Self.span { samples.removeFirst() }
    }

    /// Nil as long as there is less than an hour to judge by.
    func callsPerDay(used: Int, at now: Timestamp) -> Double? {
        guard let first = samples.first, now - first.at >= Self.interval, used >= first.used else { return nil }
        return Double(used - first.used) / (now - first.at).inSeconds * 86_400
    }
}
