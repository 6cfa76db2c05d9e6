import ArgumentParser
import Daemon
import Logging

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watches, queues and delivers until SIGTERM or SIGINT.")

    @OptionGroup var configuration: ConfigurationOption

    func run() async throws {
        let settings = try configuration.load()
        let path = configuration.path
        let environment = ProcessEnvironment.variables
        let logger = settings.log.logger(label: "belfry")
        do {
            let daemon = try await Daemon(
                settings,
                load: { () throws(ConfigurationError) in
                    try Configuration.load(file: path, environment: environment)
                }, logger: logger)
            try await daemon.run()
        } catch {
            // In the form of the lines before it: the last one matters most, and is read by the same programs.
            logger.critical("\(error)")
            throw ExitCode.failure
        }
    }
}
