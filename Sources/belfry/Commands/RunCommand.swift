import ArgumentParser
import Daemon

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watches, queues and delivers until SIGTERM or SIGINT.")

    @OptionGroup var configuration: ConfigurationOption

    func run() async throws {
        let settings = try configuration.load()
        let path = configuration.path
        let environment = ProcessEnvironment.variables
        let daemon = try await Daemon(
            settings,
            load: { () throws(ConfigurationError) in
                try Configuration.load(file: path, environment: environment)
            }, logger: settings.log.logger(label: "belfry"))
        try await daemon.run()
    }
}
