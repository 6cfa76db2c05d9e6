import Deliveries
import Store
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("The queue under faults")
struct QueueSimulationTests {
    /// The receiver's side of the promise.
    private struct Receiver {
        /// How often each event was accepted, and the places of first acceptances in order.
        var accepted: [Int64: Int] = [:]
        var firsts: [Int64: [Int64]] = [:]

        mutating func accept(_ request: OpenRequest) {
            for open in request.tries {
                let key = open.delivery.key
                accepted[key.event, default: 0] += 1
                if accepted[key.event] == 1 { firsts[key.lane.number, default: []].append(key.event) }
            }
        }
    }

    @Test("every event is accepted once, in order, but for tries that a crash cut off", arguments: 0..<80)
    func anyOrderOfEvents(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let ordering: Ordering = seed % 4 == 3 ? .none : .chat
        let isLimited = seed % 5 >= 3
        let merger = seed % 2 == 1 ? ListFormat(limit: Int.random(in: 2...12, using: &random), fitting: 9) : nil
        var bench = try await QueueBench(
            concurrency: Int.random(in: 1...8, using: &random),
            rates: isLimited ? [Rate(count: 3, per: .seconds(20)), Rate(count: 2, per: .seconds(1))] : [],
            merger: merger,
            retry: RetryPolicy(schedule: Array(repeating: .seconds(5), count: 1_000)), ordering: ordering)
        var receiver = Receiver()
        var cutOff = 0
        var queued = 0

        for _ in 0..<400 {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<25:
                let count = Int.random(in: 1...4, using: &random)
                try await bench.enqueue("c\(Int.random(in: 0..<6, using: &random))", count)
                queued += count
            case 25..<75 where !bench.inFlight.isEmpty:
                let index = Int.random(in: bench.inFlight.indices, using: &random)
                let isDigest = bench.inFlight[index].isDigest
                let outcome =
                    isDigest && Int.random(in: 0..<8, using: &random) == 0
                    ? .rejected : outcome(at: bench.now, using: &random)
                if outcome == .delivered { receiver.accept(bench.inFlight[index]) }
                try await bench.answer(at: index, outcome, jitter: Double.random(in: 0..<1, using: &random))
            case 75..<77:
                // The receiver accepted some of what was in flight, and nobody heard of it.
                for open in bench.inFlight where Bool.random(using: &random) {
                    receiver.accept(open)
                    cutOff += open.tries.count
                }
                try await bench.crash()
            case 77..<79:
                try await bench.control { queue, _ in queue.pause() }
            case 79..<83:
                try await bench.control { $0.resume(at: $1) }
            default:
                try await bench.pass(.seconds(Int.random(in: 0...60, using: &random)))
            }
            #expect(bench.queue.inFlight == bench.inFlight.count)
            #expect(bench.inFlight.count <= bench.policy.concurrency)
            let lanes = bench.inFlight.map { Set($0.tries.map(\.delivery.key.lane)) }
            #expect(lanes.reduce(0) { $0 + $1.count } == lanes.reduce(into: Set()) { $0.formUnion($1) }.count)
        }

        // The faults stop: all that waits must drain by itself.
        try await bench.control { $0.resume(at: $1) }
        var steps = 0
        while try await bench.counts().pending > 0, steps < 10_000 {
            steps += 1
            if bench.inFlight.isEmpty {
                try #require(try await bench.passUntilWoken(), "the queue sleeps for ever on a backlog")
            } else {
                receiver.accept(bench.inFlight[0])
                try await bench.answer(.delivered)
            }
        }
        #expect(try await bench.counts() == .init(pending: 0, delivered: queued, dead: 0))
        #expect(receiver.accepted.count == queued)
        #expect(receiver.accepted.values.reduce(0, +) <= queued + cutOff)
        if ordering == .chat {
            for (_, events) in receiver.firsts { #expect(events == events.sorted()) }
        }
    }

    private func outcome(at now: Timestamp, using random: inout SeededGenerator) -> Verdict.Outcome {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9: .delivered
        case 9..<16: .retry(notBefore: nil)
        case 16: .retry(notBefore: now + .seconds(90))
        case 17: .throttled(until: nil)
        case 18: .throttled(until: now + .seconds(20))
        default: .gone
        }
    }
}
