import Deliveries

/// A request that came to an end and was judged: its verdict is that of all its tries.
struct EndedRequest: Sendable, Equatable {
    var tries: [EndedAttempt]
    var verdict: Verdict

    init(tries: [EndedAttempt], verdict: Verdict) {
        self.tries = tries
        self.verdict = verdict
    }

    /// One that was recorded and never sent.
    init(unsent open: OpenRequest, _ verdict: Verdict) {
        let tries = open.tries.map { open in
            EndedAttempt(
                delivery: open.delivery,
                attempt: Attempt(
                    number: open.number, startedAt: open.startedAt, duration: .zero, result: verdict.result,
                    status: nil, rule: verdict.rule, response: []))
        }
        self.init(tries: tries, verdict: verdict)
    }

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
