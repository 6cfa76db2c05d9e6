import ArgumentParser
import Daemon
import Logging
import ServiceLifecycle
import Telemetry

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Shows the main job in one process: a simulated DingTalk, the watch, the queue, a receiver that sometimes fails."
    )

    @Option(help: "How many groups are simulated.")
    var chats = 6

    @Option(help: "How many random changes a minute happen, in all groups together.")
    var changesPerMinute = 40.0

    @Option(help: "How long it runs, such as 30s; until interrupted without it.")
    var duration: Duration?

    @Option(help: "The dashboard's port; 0 takes any free one.")
    var port: UInt16 = 0

    func validate() throws {
        guard (1...500).contains(chats) else { throw ValidationError("--chats takes 1 to 500") }
        guard changesPerMinute > 0 else { throw ValidationError("--changes-per-minute takes a number above 0") }
    }

    func run() async throws {
        try await DemoStage.withStage(chats: chats) { stage in
            let settings = try stage.configuration(dashboardPort: port)
            let daemon = try await Daemon(settings, logger: settings.log.logger(label: "belfry")) { port in
                StandardOutput.write("Dashboard: http://127.0.0.1:\(port)/")
            }
            let director = DemoDirector(
                stage: stage, daemon: daemon, changesPerMinute: changesPerMinute, duration: duration)
            StandardOutput.write(stage.opening)
            try await daemon.run(untilEndOf: director)
            let summary = try await DemoSummary(stage: stage, daemon: daemon)
            StandardOutput.write(summary.text)
            if !summary.addsUp { throw ExitCode.failure }
        }
    }
}
