import Chats
package import Deliveries
package import Dispatcher
import EventLoop
import HTTPEngine
import Time

/// Sends a test event to one endpoint as the daemon would send any other, but past the queue.
package struct EndpointTest: Sendable {
    private let configuration: Configuration

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    package func run(_ endpoint: Endpoint) async throws -> TrialReport {
        let loop = try EventLoop(name: "http")
        defer { loop.shutdown() }
        let engine = try HTTPEngine(loop: loop, configuration: configuration.network.engine)
        let time = SystemTime()
        let trial = EndpointTrial(
            endpoint: endpoint, sender: EngineSender(engine: engine, policy: configuration.addressPolicy, time: time),
            time: time, userAgent: Version.userAgent)
        let report = try await trial.run(StoredEvent(.test(at: time.now)))
        await engine.shutdown()
        return report
    }
}
