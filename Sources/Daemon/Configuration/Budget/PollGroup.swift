import Time

/// Chats that are polled at one interval.
struct PollGroup: Sendable, Equatable {
    let chats: Int
    let interval: Duration

    /// Those of the chats whose interval is fixed, the shortest interval first.
    static func fixed(among chats: [ChatSettings]) -> [PollGroup] {
        var counts: [Duration: Int] = [:]
        for interval in chats.compactMap(\.interval) { counts[interval, default: 0] += 1 }
        return counts.map { PollGroup(chats: $0.value, interval: $0.key) }.sorted { $0.interval < $1.interval }
    }

    /// `every minute`, `every 5m`
    var frequency: String {
        let names: [Duration: String] = [
            .seconds(1): "second", .seconds(60): "minute", .seconds(3600): "hour", .seconds(86_400): "day",
        ]
        return "every \(names[interval] ?? interval.text)"
    }
}
