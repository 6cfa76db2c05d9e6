import AdminClient
import ArgumentParser
import Glibc
import HTTPEngine
import JSON
import Telemetry

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes a consistent copy of the store while the daemon runs.",
        discussion: "The daemon writes the file, on its machine and with its rights. It must not exist yet.")

    @Argument(help: "The file to write.")
    var file: String

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        let path = file.hasPrefix("/") ? file : Self.workingDirectory + "/" + file
        let answer = try await daemon.asking { client in
            try await client.call(.post, "/api/v1/backup", body: ["path": .string(path)], timeout: .seconds(3600))
        }
        StandardOutput.write("\(answer.cell("path")), \(answer.cell("bytes")) bytes")
    }

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }
}
