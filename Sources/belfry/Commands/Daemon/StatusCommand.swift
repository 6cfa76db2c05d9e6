import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Says how the running daemon fares, at a glance.")

    @Flag(help: "Prints the daemon's answer as JSON.")
    var json = false

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        let status = try await daemon.asking { client in
            try await client.call(.get, "/api/v1/status")
        }
        StandardOutput.write(json ? status.text : StatusText(status).text)
    }
}
