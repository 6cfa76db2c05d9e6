import ArgumentParser
import Daemon

struct BelfryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "belfry",
        abstract: "Watches DingTalk groups and rings your webhooks.",
        discussion: "Exit codes: 0 done, 1 failed, 64 usage, 69 daemon not reachable, 78 configuration invalid.",
        version: Version.report,
        groupedSubcommands: [
            CommandGroup(
                name: "Run", subcommands: [InitCommand.self, RunCommand.self, CheckCommand.self, DemoCommand.self]),
            CommandGroup(
                name: "Ask the running daemon",
                subcommands: [
                    StatusCommand.self, ChatsCommand.self, EventsCommand.self, DeliveriesCommand.self,
                    EndpointsCommand.self, TailCommand.self, HealthCommand.self,
                ]),
            CommandGroup(
                name: "Act on the running daemon",
                subcommands: [
                    PollCommand.self, ReplayCommand.self, PauseCommand.self, ResumeCommand.self, ReloadCommand.self,
                    BackupCommand.self,
                ]),
            CommandGroup(
                name: "Try things out",
                subcommands: [
                    SimulateCommand.self, ReceiveCommand.self, TestCommand.self, RenderCommand.self, SignCommand.self,
                    VerifyCommand.self, SchemaCommand.self,
                ]),
        ])
}
