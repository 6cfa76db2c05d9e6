import AdminClient
import ArgumentParser
import HTTPEngine
import Telemetry

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Succeeds when the daemon answers that it is ready; for container health checks.")

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        _ = try await daemon.asking { client in
            try await client.call(.get, "/readyz", timeout: .seconds(5))
        }
        StandardOutput.write("ready")
    }
}
