import ArgumentParser
import Chats
import Daemon
import Deliveries
import JSON

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Prints what an endpoint of a format would be sent.",
        discussion: """
              belfry render --format teams --language zh-Hans
              belfry render --endpoint ops --config config.json --event event.json
            """)

    @Option(help: "The format: \(FormatName.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: FormatName?

    @Option(help: "The language of formats that people read: en or zh-Hans.")
    var language: Language = .english

    @Option(help: "An endpoint of the configuration, whose format and template are taken.")
    var endpoint: String?

    @Option(help: "A file with an event as JSON, - for standard input; an example without it.")
    var event: String?

    @OptionGroup var configuration: ConfigurationOption

    func validate() throws {
        guard (format == nil) != (endpoint == nil) else { throw ValidationError("give either --format or --endpoint") }
    }

    func run() throws {
        let chosen = try endpoint.map { try configuration.load().receiver(named: $0).format }
        let renderer = chosen ?? format?.format(language: language) ?? FormatName.standard.format
        let payload = renderer.payload(for: StoredEvent(try chosenEvent()))
        print("content-type: \(payload.contentType)")
        print("webhook-id: \(payload.id)")
        for header in payload.headers { print("\(header.name): \(header.value)") }
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

extension Language: ExpressibleByArgument {}
