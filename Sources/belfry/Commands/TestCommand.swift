import ArgumentParser
import Daemon
import Deliveries
import Dispatcher
import Telemetry

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Sends one endpoint.test event and prints request, response and verdict.",
        discussion: """
            The event goes straight to the endpoint, past queue and rate, and is not counted: its sequence is 0. Secrets \
            are masked. Exit code 1 when it was not accepted.
            """)

    @Argument(help: "The endpoint's name.")
    var endpoint: String

    @OptionGroup var configuration: ConfigurationOption

    func run() async throws {
        let settings = try configuration.load()
        let report = try await EndpointTest(settings).run(settings.receiver(named: endpoint))
        StandardOutput.write(TrialText(report).text)
        if !report.verdict.isDelivered { throw ExitCode.failure }
    }
}
