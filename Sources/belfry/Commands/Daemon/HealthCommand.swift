import AdminClient
import ArgumentParser
import HTTPEngine
import Telemetry

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Succeeds when the daemon answers that it is ready; for container health checks.",
        discussion: "It does not judge DingTalk or the receivers, which no restart mends: belfry status --check does.")

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        try await daemon.asking { client in
            let answer = try await client.call(.get, "/readyz", timeout: .seconds(5))
            try client.expect("status", in: answer)
        }
        StandardOutput.write("ready")
    }
}
