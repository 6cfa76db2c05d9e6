import ArgumentParser

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Lists what was seen, newest first, or shows one event.")

    @Argument(help: "One event, by its id: whole, and with its deliveries.")
    var id: String?

    @OptionGroup var listing: ListingOptions

    @Option(help: "Events of one chat, by its id or label.")
    var chat: String?

    @Option(help: "A type, or a pattern such as chat.members.*.")
    var type: String?

    @OptionGroup var time: TimeOptions

    func run() async throws {
        if let id { return try await listing.show("/api/v1/events/", id) { EventText($0).text } }
        try await listing.list(
            "/api/v1/events", ["chat": chat, "type": type, "since": time.since?.text, "until": time.until?.text],
            columns: ["TIME", "TYPE", "CHAT", "#", "ID", "CHANGE"]
        ) { event in EventLine(event).cells }
    }
}
