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

    @Flag(help: "Ends with exit code 1 when the verdict is failing.")
    var check = false

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        let status = try await daemon.asking { client in
            let status = try await client.call(.get, "/api/v1/status")
            try client.expect("version", in: status)
            return status
        }
        StandardOutput.write(json ? status.text : StatusText(status).text)
        if check, status["health"]?["state"]?.stringValue == "failing" { throw ExitCode.failure }
    }
}
