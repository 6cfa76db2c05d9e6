import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry

struct TailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Shows events and deliveries as they happen, until interrupted.",
        discussion: "Goes on where it was when the daemon is restarted: no event is left out.")

    private static let patience: Duration = .seconds(1)

    @Option(help: "A type, or a pattern such as chat.members.*.")
    var type: String?

    @Option(help: "One chat, by its id or label.")
    var chat: String?

    @Flag(help: "Prints one JSON value a line.")
    var json = false

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        let path = path
        let isJSON = json
        try await daemon.asking { client in
            var tail = Tail(isJSON: isJSON)
            while true {
                try await tail.follow(path, of: client)
                try await Task.sleep(for: Self.patience)
            }
        }
    }

    private var path: String {
        let filters = [("type", type), ("chat", chat)].compactMap { name, value in
            value.map { "\(name)=\(PercentEncoding.component($0))" }
        }
        return "/api/v1/stream" + (filters.isEmpty ? "" : "?" + filters.joined(separator: "&"))
    }
}
