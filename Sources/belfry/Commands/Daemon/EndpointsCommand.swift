import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry

struct EndpointsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endpoints", abstract: "Lists the endpoints, and what waits for them.",
        subcommands: [List.self, Drop.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the endpoints, and what waits for them.")

        @OptionGroup var listing: ListingOptions

        enum State: String, ExpressibleByArgument, CaseIterable {
            case active, failing, paused, disabled
        }

        @Option(help: "Those in one state.")
        var state: State?

        func run() async throws {
            try await listing.list(
                "/api/v1/endpoints", ["state": state?.rawValue],
                columns: ["NAME", "FORMAT", "STATE", "PENDING", "OLDEST DUE", "DELIVERED", "DEAD", "URL", "REASON"]
            ) { endpoint in
                let isConfigured = endpoint["configured"]?.boolValue ?? true
                return [
                    endpoint.cell("name"), endpoint.cell("format"), isConfigured ? endpoint.cell("state") : "removed",
                    endpoint.cell("pending"), endpoint.distanceCell("oldestDueAt"), endpoint.cell("delivered"),
                    endpoint.cell("dead"), endpoint.cell("url"), endpoint.cell("reason"),
                ]
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets an endpoint that is configured no more, and what waits for it.")

        @Argument(help: "The endpoint's name.")
        var name: String

        @OptionGroup var daemon: DaemonOption

        func run() async throws {
            let answer = try await daemon.asking { client in
                try await client.call(.delete, "/api/v1/endpoints/\(PercentEncoding.component(name))")
            }
            StandardOutput.write("dropped \(answer.cell("dropped")) deliveries that waited")
        }
    }
}
