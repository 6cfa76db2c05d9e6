import ArgumentParser
import Daemon
import Telemetry

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validates the configuration: every problem at once, one a line.")

    @OptionGroup var configuration: ConfigurationOption

    @Flag(help: "Also gets a token, reads every chat once and resolves every endpoint.")
    var online = false

    func run() async throws {
        let settings = try configuration.load()
        for warning in settings.warnings { StandardError.write("\(warning)") }
        let (chats, endpoints) = (settings.watch.chats.count, settings.endpoints.count)
        print(
            "\(configuration.path): valid; \(chats) \(chats == 1 ? "chat" : "chats"), "
                + "\(endpoints) \(endpoints == 1 ? "endpoint" : "endpoints")")
        guard online else { return }
        let findings = try await OnlineCheck(settings).run()
        for finding in findings { print(finding) }
        if findings.contains(where: \.isProblem) { throw ExitCode.failure }
    }
}
