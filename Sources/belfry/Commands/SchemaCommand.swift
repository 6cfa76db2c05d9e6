import ArgumentParser
import Daemon
import JSON
import Telemetry

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema (2020-12) of the configuration or of events.",
        discussion: """
            An editor that is told of the configuration's schema completes its keys and marks mistakes:
              belfry schema config > belfry.schema.json     and in config.json: "$schema": "belfry.schema.json"
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case config, event
    }

    @Argument(help: "What is described: config or event.")
    var subject: Subject

    @Flag(help: "Prints the configuration's keys as tables in Markdown.")
    var markdown = false

    func validate() throws {
        if markdown, subject != .config { throw ValidationError("--markdown goes with 'schema config' only") }
    }

    func run() {
        let text =
            switch subject {
            case .config: markdown ? ConfigurationSchema.markdown : ConfigurationSchema.json.prettyText
            case .event: EventSchema.json.prettyText
            }
        StandardOutput.write(text)
    }
}
