import ArgumentParser
import JSON

struct ChatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chats", abstract: "Lists the chats that are watched, how often, and what is known of them.")

    @OptionGroup var listing: ListingOptions

    enum State: String, ExpressibleByArgument, CaseIterable {
        case new, watched, unreachable, dismissed
    }

    @Option(help: "Those in one state.")
    var state: State?

    func run() async throws {
        try await listing.list(
            "/api/v1/chats", ["state": state?.rawValue],
            columns: ["ID", "NAME", "STATE", "MEMBERS", "INTERVAL", "DELAY", "NEXT POLL", "LAST POLL", "EVENTS"]
        ) { chat in
            let label = chat["label"]?.stringValue
            return [
                chat.cell("id"), label ?? chat.cell("name"), chat.cell("state"), chat.cell("members"),
                chat.cell("expected", "interval"), chat.cell("expected", "delay"),
                chat["expected"]?.distanceCell("nextPoll") ?? "-", chat.timeCell("lastPoll"), chat.cell("sequence"),
            ]
        }
    }
}
