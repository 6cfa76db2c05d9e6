import ArgumentParser
import Chats
import Deliveries
import JSON
import Time

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Prints what an endpoint of a format would be sent.")

    @Option(help: "The format: \(FormatName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: FormatName

    @Option(help: "A file with an event as JSON, - for standard input; an example without it.")
    var event: String?

    func run() throws {
        let payload = format.format.payload(for: StoredEvent(try chosenEvent()))
        print("content-type: \(payload.contentType)")
        print("webhook-id: \(payload.id)")
        print("")
        let text = (try? JSONParser.parse(payload.body))?.prettyText
        print(text ?? String(decoding: payload.body, as: UTF8.self))
    }

    private func chosenEvent() throws -> Event {
        guard let event else { return .example }
        let value: JSONValue
        do {
            value = try JSONParser.parse(InputFile.read(event))
        } catch let error as JSONError {
            throw ProblemLine("\(event):\(error)")
        }
        guard let decoded = value.objectValue.flatMap(Event.init(json:)) else {
            throw ProblemLine("\(event): not an event; 'belfry render --format standard' prints one")
        }
        return decoded
    }
}

extension Event {
    /// What the documentation shows.
    static let example = Event(
        .added(.members, ["user7", "user9"], count: 42),
        chat: Chat(id: "chate39f540dxxxx", name: "All-staff Chat", label: "Board"), sequence: 17,
        observed: Observed(
            after: Timestamp(milliseconds: 1_795_415_979_100), by: Timestamp(milliseconds: 1_795_416_041_120)))
}
