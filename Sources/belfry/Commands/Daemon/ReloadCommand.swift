import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry

struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Has the daemon read its configuration anew: all or nothing.",
        discussion: "As SIGHUP does, and says what is different.")

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        let answer = try await daemon.asking { client in
            try await client.call(.post, "/api/v1/reload")
        }
        let changes = answer["changes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        StandardOutput.write(changes.isEmpty ? "nothing is different" : changes.joined(separator: "\n"))
    }
}
