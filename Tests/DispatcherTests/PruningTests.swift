import Deliveries
import Logging
import Store
import TestKit
import Testing
import Time

@testable import Dispatcher

@Suite("Pruning")
struct PruningTests {
    private static let now = Timestamp(seconds: 1_795_416_000)
    private static let old = now - .seconds(30 * 86_400)

    @Test(
        "what is old goes first, what is finished only when there is too much",
        arguments: [
            (.aged, nil, 50, .remove(.aged, before: old)),
            (.aged, 500, 50, .remove(.aged, before: old)),
            (.aged, 499, 100, .rest(isFull: false)),
            (.aged, 0, 101, .remove(.early, before: now)),
            (.early, 500, 95, .remove(.early, before: now)),
            (.early, 500, 90, .rest(isFull: false)),
            (.early, 3, 95, .rest(isFull: false)),
            (.early, 3, 101, .rest(isFull: true)),
        ] as [(PruningPolicy.Stage, Int?, Int, PruningPolicy.Step)])
    func decisions(stage: PruningPolicy.Stage, removed: Int?, size: Int, step: PruningPolicy.Step) {
        let policy = PruningPolicy(retention: .seconds(30 * 86_400), maxSize: 100)
        #expect(policy.next(stage, removed: removed, size: size, now: Self.now) == step)
    }

    @Test("without a limit nothing goes early")
    func noLimit() {
        let policy = PruningPolicy(retention: .seconds(60), maxSize: nil)
        #expect(policy.next(.aged, removed: 0, size: .max, now: Self.now) == .rest(isFull: false))
    }

    @Test("pending deliveries are never pruned; when they alone fill the store, it says so")
    func full() async throws {
        let stage = Stage([.test("ci")], sender: ScriptedSender())
        try await stage.enqueue("a", 20)
        try await stage.running {
            try await eventually("all delivered") { try await stage.state(of: "ci")?.counts.delivered == 20 }
        }
        try await stage.enqueue("b", 5)
        stage.time.advance(by: .seconds(1))
        let pruner = Pruner(
            store: stage.store, time: stage.time, retention: .seconds(3600), maxSize: 100,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await pruner.prune())
        #expect(try await stage.store.events(EventQuery()).count == 5)
    }

    @Test("it looks once a minute, and knows when there is room again")
    func rounds() async throws {
        let stage = Stage([.test("ci")], sender: ScriptedSender())
        try await stage.enqueue("a")
        let pruner = Pruner(
            store: stage.store, time: stage.time, retention: .seconds(3600), maxSize: 10,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup { group in
            group.addTask { try await pruner.run() }
            try await eventually("full") { pruner.isFull }
            try await eventually("asleep") { stage.time.deadlines == [stage.time.steady + .seconds(60)] }
            try await stage.running {
                try await eventually("delivered") { try await stage.state(of: "ci")?.counts.delivered == 1 }
            }
            stage.time.advance(by: .seconds(60))
            try await eventually("room") { !pruner.isFull }
            group.cancelAll()
        }
        #expect(try await stage.store.events(EventQuery()).isEmpty)
    }
}
