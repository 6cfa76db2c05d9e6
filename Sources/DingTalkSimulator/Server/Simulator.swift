import Hummingbird
import Logging
import ServiceLifecycle
import Time

/// A DingTalk-compatible server in this process.
package struct Simulator: Service {
    private let configuration: SimulatorConfiguration
    private let platform: SharedPlatform
    private let onListening: @Sendable (_ port: Int) -> Void

    /// The world exists from here on; `run()` only serves it. `onListening` is called once, when calls are accepted.
    package init(
        _ configuration: SimulatorConfiguration = SimulatorConfiguration(),
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.onListening = onListening
        platform = SharedPlatform(Platform(configuration))
    }

    package var chatIDs: [String] {
        platform.use { $0.world.chatIDs }
    }

    /// The true history after the change with that number.
    package func changes(after number: Int = 0) -> [RecordedChange] {
        platform.use { Array($0.world.log.changes(after: number)) }
    }

    /// Makes random changes now.
    @discardableResult
    package func apply(changes count: Int) -> [RecordedChange] {
        platform.use { $0.mutate(count: count, at: SystemTime.wall) }
    }

    package func run() async throws {
        // Leaving this scope, by shutdown or by an error, ends the changes too.
        async let _: Void = change()
        try await serve()
    }

    private func serve() async throws {
        let onListening = onListening
        let application = Application(
            responder: PlatformResponder(platform: platform),
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { onListening($0.localAddress?.port ?? 0) },
            logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
        try await application.run()
    }

    /// Random changes as a Poisson process, until shutdown.
    private func change() async {
        guard configuration.changesPerMinute > 0 else { return }
        let rate = configuration.changesPerMinute / 60
        // A generator of its own: when the world changes must not depend on how often it is asked.
        var generator = SplitMix64(seed: ~configuration.seed)
        while (try? await Task.sleep(for: .seconds(generator.exponential(rate: rate)))) != nil {
            apply(changes: 1)
        }
    }
}
