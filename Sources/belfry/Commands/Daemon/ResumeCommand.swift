import ArgumentParser

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Releases an endpoint's deliveries; also lifts a disabling.")

    @Argument(help: "The endpoint's name.")
    var endpoint: String

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        try await daemon.control(endpoint, "resume")
    }
}
