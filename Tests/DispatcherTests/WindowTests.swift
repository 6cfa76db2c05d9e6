import Deliveries
import Store
import Testing
import Time

@testable import Dispatcher

@Suite("The window")
struct WindowTests {
    private let now = Moment(steady: QueueBench.start, wall: QueueBench.start)

    /// Answers claims out of a backlog that exists only as two numbers.
    private struct Backlog {
        var lanes: Int64
        var perLane: Int64
        var done: [Lane: Int64] = [:]

        func claim(_ request: ClaimRequest) -> Claim {
            var claimed: [Claim.ClaimedLane] = []
            var next: Int64 = 1
            while claimed.count < request.lanes, next <= lanes {
                let lane = Lane(number: next)
                let first = done[lane] ?? 0
                if first < perLane, !request.held.contains(lane) {
                    let deliveries = (first..<min(perLane, first + Int64(request.perLane))).map { index in
                        Delivery(
                            key: DeliveryKey(endpoint: 1, lane: lane, event: lane.number * 1_000_000 + index),
                            event: StoredEvent(id: "e", body: []), queuedAt: request.now, attempts: 0, failures: 0)
                    }
                    claimed.append(Claim.ClaimedLane(lane: lane, due: request.now, deliveries: deliveries))
                }
                next += 1
            }
            return Claim(lanes: claimed, nextDue: nil, hasMore: claimed.count == request.lanes)
        }
    }

    @Test(
        "it holds no more of a hundred thousand than of a hundred",
        arguments: [
            (10, 10_000, 16), (2_000, 50, 16), (100, 1_000, 64),
        ] as [(Int64, Int64, Int)])
    func bounded(lanes: Int64, perLane: Int64, concurrency: Int) {
        var backlog = Backlog(lanes: lanes, perLane: perLane)
        var queue = EndpointQueue(
            policy: EndpointQueue.Policy(concurrency: concurrency), state: EndpointState(number: 1, name: "ci"))
        var inFlight: [OpenRequest] = []
        var delivered: Int64 = 0
        var claims = 0
        var most = 0
        while true {
            let work = queue.advance(at: now)
            for outcome in work.entry.outcomes { backlog.done[outcome.delivery.lane, default: 0] += 1 }
            inFlight += work.requests
            if let request = queue.claimRequest(at: now.steady) {
                claims += 1
                #expect(request.perLane <= 16)
                queue.take(backlog.claim(request), of: request)
                most = max(most, queue.window.lanes.count)
                continue
            }
            if inFlight.isEmpty { break }
            // Whatever waits for the next commit is answered together.
            for open in inFlight {
                delivered += 1
                queue.finish(open.ended(Verdict(.delivered, rule: "")), at: now, jitter: 0)
            }
            inFlight = []
        }
        #expect(delivered == lanes * perLane)
        #expect(most <= max(2 * concurrency, 64))
        #expect(claims < Int(delivered) / 10)
    }

    @Test("first in, first out")
    func fifo() {
        var fifo = Fifo<Int>()
        var taken: [Int] = []
        for number in 0..<1_000 {
            fifo.append(number)
            if number % 3 != 0, let first = fifo.popFirst() { taken.append(first) }
        }
        while let first = fifo.popFirst() { taken.append(first) }
        #expect(taken == Array(0..<1_000))
        #expect(fifo.isEmpty)
    }
}
