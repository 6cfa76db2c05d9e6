import Deliveries

/// A request that came to an end and was judged: its verdict is that of all its tries.
struct EndedRequest: Sendable, Equatable {
    var tries: [EndedAttempt]
    var verdict: Verdict

    var isDigest: Bool { tries.count > 1 }

    /// The tries a lane after the other. A message has the deliveries of a lane next to each other.
    var lanes: [ArraySlice<EndedAttempt>] {
        var lanes: [ArraySlice<EndedAttempt>] = []
        var rest = tries[...]
        while let first = rest.first {
            let lane = rest.prefix { $0.delivery.key.lane == first.delivery.key.lane }
            lanes.append(lane)
            rest = rest.dropFirst(lane.count)
        }
        return lanes
    }
}
