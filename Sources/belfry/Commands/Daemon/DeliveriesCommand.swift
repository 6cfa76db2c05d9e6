import ArgumentParser

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Lists deliveries, of the newest events first, or shows one.")

    @OptionGroup var listing: ListingOptions

    @Option(help: "To one endpoint, by its name.")
    var endpoint: String?

    enum State: String, ExpressibleByArgument, CaseIterable {
        case pending, delivered, dead
    }

    @Argument(help: "One delivery, by its id: with its tries.")
    var id: String?

    @Option(help: "In one state.")
    var state: State?

    @Option(help: "Of one chat's events, by its id or label.")
    var chat: String?

    @Option(help: "Of events of a type, or of a pattern such as chat.members.*.")
    var type: String?

    @OptionGroup var time: TimeOptions

    func run() async throws {
        if let id { return try await listing.show("/api/v1/deliveries/", id) { DeliveryText($0).text } }
        try await listing.list(
            "/api/v1/deliveries",
            [
                "endpoint": endpoint, "state": state?.rawValue, "chat": chat, "type": type, "since": time.since?.text,
                "until": time.until?.text,
            ],
            columns: ["ID", "QUEUED", "ENDPOINT", "STATE", "TRIES", "NEXT TRY", "TYPE", "EVENT", "REASON"]
        ) { delivery in
            [
                delivery.cell("id"), delivery.timeCell("queuedAt"), delivery.cell("endpoint"), delivery.cell("state"),
                delivery.cell("attempts"), delivery.distanceCell("dueAt"), delivery.cell("type"),
                delivery.cell("event"), delivery.cell("reason"),
            ]
        }
    }
}
