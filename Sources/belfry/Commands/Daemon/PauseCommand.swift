import ArgumentParser

struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Holds an endpoint's deliveries; what is in flight ends.")

    @Argument(help: "The endpoint's name.")
    var endpoint: String

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        try await daemon.control(endpoint, "pause")
    }
}
