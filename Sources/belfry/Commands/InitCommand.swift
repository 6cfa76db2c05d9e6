import ArgumentParser
import Daemon
import Deliveries
import Telemetry

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a first configuration from four questions, or from options.",
        discussion: """
              belfry init
              belfry init --chat chat… --endpoint-url https://hooks.slack.com/services/…
            The format is guessed from the URL's host. A program of your own gets signed requests; their secret is shown once.
            """)

    @Option(help: "The environment variable that holds DingTalk's app key (default: DINGTALK_APP_KEY).")
    var appKeyEnv: String?

    @Option(help: "The environment variable that holds the app's secret (default: named after the key's).")
    var appSecretEnv: String?

    @Option(help: "The id of a chat to watch; repeat it.")
    var chat: [String] = []

    @Option(name: .customLong("endpoint-url"), help: "Where events are sent to.")
    var endpointURL: String?

    @Option(help: "io (international, the default) or com (mainland China).")
    var region: FirstConfiguration.Region?

    @Option(help: "The file to write.")
    var output = "config.json"

    @Flag(help: "Takes the place of a file that is there already.")
    var force = false

    private var source: ConfigurationSource {
        ConfigurationSource(file: output, environment: ProcessEnvironment.variables)
    }

    /// Whether there is something that only an answer can give.
    private var needsAnswers: Bool { chat.isEmpty || endpointURL == nil }

    func validate() throws {
        if needsAnswers, !Questions.haveTerminal {
            throw ValidationError("without a terminal, give --chat and --endpoint-url")
        }
        if let flaw = FirstConfiguration.flaw(inChats: chat) { throw ValidationError("--chat \(flaw)") }
        for name in [appKeyEnv, appSecretEnv].compactMap({ $0 }) {
            if let flaw = FirstConfiguration.flaw(inVariable: name) { throw ValidationError(flaw) }
        }
        do throws(Destination.Flaw) {
            if let endpointURL { _ = try Destination(url: endpointURL, source: source) }
        } catch {
            throw ValidationError("--endpoint-url: \(error)")
        }
    }

    func run() throws {
        if !force, NewFile.exists(output) {
            throw ProblemLine("\(output) is there already; --force writes another in its place")
        }
        let first = try needsAnswers ? asked() : given()
        let problems = first.problems(from: source)
        guard problems.isEmpty else {
            for problem in problems { StandardError.write("\(problem)") }
            throw ExitCode.configuration
        }
        try NewFile.write(first.text, to: output, replacing: force)
        StandardOutput.write(report(on: first))
    }

    /// Only what the options leave open is asked.
    private func asked() throws -> FirstConfiguration {
        let questions = Questions(source: source)
        questions.begin()
        let variable = try appKeyEnv ?? questions.appKeyVariable()
        let chats = try chat.isEmpty ? questions.chats() : chat
        let destination = try endpointURL.map { try Destination(url: $0, source: source) } ?? questions.destination()
        return configuration(variable, chats, destination, try region ?? questions.region())
    }

    private func given() throws -> FirstConfiguration {
        configuration(
            appKeyEnv ?? FirstConfiguration.usualKeyVariable, chat,
            try Destination(url: endpointURL ?? "", source: source), region ?? .io)
    }

    private func configuration(
        _ variable: String, _ chats: [String], _ destination: Destination, _ region: FirstConfiguration.Region
    ) -> FirstConfiguration {
        var random = SystemRandomNumberGenerator()
        var first = FirstConfiguration(chats: chats, destination: destination, using: &random)
        first.appKeyVariable = variable
        first.appSecretVariable = appSecretEnv ?? FirstConfiguration.secretVariable(besides: variable)
        first.region = region
        return first
    }

    private func report(on first: FirstConfiguration) -> String {
        let count = first.chats.count
        let secret = first.signingSecret.map {
            "The receiver verifies with this secret, which is not shown again:\n  \($0)\n"
        }
        return """
            \(output): \(count) \(count == 1 ? "chat" : "chats"), endpoint "\(first.endpointName)" in the format \
            "\(first.destination.format.rawValue)"; only you can read it
            \(secret ?? "")Next:
              export \(first.appKeyVariable)=… \(first.appSecretVariable)=…
              belfry check --online --config \(output)
              belfry test \(first.endpointName) --config \(output)
              belfry run --config \(output)
            """
    }
}

extension FirstConfiguration.Region: ExpressibleByArgument {}
