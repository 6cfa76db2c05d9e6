import Admin
import Logging
import TestKit
import Time

/// Serves on a free port for the time of `body`.
func withAdmin(
    _ operations: FakeOperations = FakeOperations(), feed: Feed = Feed(), time: any TimeSource = ManualTime(),
    _ configure: (inout AdminConfiguration) -> Void = { _ in }, _ body: @Sendable (Int) async throws -> Void
) async throws {
    var configuration = AdminConfiguration()
    configure(&configuration)
    let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
    let server = AdminServer(
        configuration, store: operations.store, operations: operations, feed: feed, version: "0.1.0", time: time,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { announcement.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            // A server that cannot start must fail the test, not hang it.
            defer { announcement.finish() }
            try await server.run()
        }
        var iterator = ports.makeAsyncIterator()
        if let port = await iterator.next() {
            try await body(port)
            group.cancelAll()
        }
        while let result = await group.nextResult() {
            if case .failure(let error) = result, !(error is CancellationError) { throw error }
        }
    }
}
