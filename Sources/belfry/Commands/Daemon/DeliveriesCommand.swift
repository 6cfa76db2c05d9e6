import ArgumentParser

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Lists deliveries, of the newest events first.")

    @OptionGroup var listing: ListingOptions

    @Option(help: "To one endpoint, by its name.")
    var endpoint: String?

    @Option(help: "pending, delivered or dead.")
    var state: String?

    @Option(help: "Of one chat's events, by its id.")
    var chat: String?

    @Option(help: "Of events of a type, or of a pattern such as chat.members.*.")
    var type: String?

    @OptionGroup var time: TimeOptions

    func run() async throws {
        try await listing.list(
            "/api/v1/deliveries",
            [
                "endpoint": endpoint, "state": state, "chat": chat, "type": type, "since": time.since?.text,
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
