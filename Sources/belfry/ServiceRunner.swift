import Logging
import ServiceLifecycle
import UnixSignals

/// Runs a service until it ends or the process is told to stop.
enum ServiceRunner {
    static func run(_ service: any Service) async throws {
        let group = ServiceGroup(
            services: [service], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "belfry") { _ in SwiftLogNoOpLogHandler() })
        try await group.run()
    }
}
