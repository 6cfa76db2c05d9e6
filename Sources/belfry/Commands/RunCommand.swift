import ArgumentParser
import Daemon

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watches, queues and delivers until SIGTERM or SIGINT.")

    @OptionGroup var configuration: ConfigurationOption

    func run() async throws {
        let settings = try configuration.load()
        try await Daemon(settings, logger: settings.log.logger(label: "belfry")).run()
    }
}
