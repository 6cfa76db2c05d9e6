import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Queues finished deliveries again, their ids unchanged.",
        discussion: """
              belfry replay dlv_12_1 dlv_15_1
              belfry replay --endpoint ops --since 2h
            """)

    @Argument(help: "Deliveries, by their ids.")
    var deliveries: [String] = []

    @Option(help: "All of one endpoint's, by its name.")
    var endpoint: String?

    @Option(help: "With --endpoint: dead or delivered.")
    var state = "dead"

    @OptionGroup var time: TimeOptions

    @OptionGroup var daemon: DaemonOption

    func validate() throws {
        guard deliveries.isEmpty != (endpoint == nil) else {
            throw ValidationError("give either deliveries' ids or --endpoint")
        }
    }

    func run() async throws {
        let count = try await daemon.asking { client in
            if let endpoint { return try await client.call(.post, "/api/v1/replay", body: request(endpoint)).replayed }
            var count: Int64 = 0
            for delivery in deliveries {
                count += try await client.call(
                    .post, "/api/v1/deliveries/\(PercentEncoding.component(delivery))/replay"
                ).replayed
            }
            return count
        }
        StandardOutput.write("\(count) queued again")
    }

    private func request(_ endpoint: String) -> JSONValue {
        var body: JSONObject = ["endpoint": .string(endpoint), "state": .string(state)]
        body["since"] = time.since.map { .string($0.text) }
        body["until"] = time.until.map { .string($0.text) }
        return .object(body)
    }
}

extension JSONValue {
    fileprivate var replayed: Int64 { self["replayed"]?.integerValue ?? 0 }
}
