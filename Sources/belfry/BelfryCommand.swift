import ArgumentParser
import Daemon

struct BelfryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "belfry",
        abstract: "Watches DingTalk groups and rings your webhooks.",
        discussion: "Exit codes: 0 done, 1 failed, 64 usage, 69 daemon not reachable, 78 configuration invalid.",
        version: Version.text,
        subcommands: [
            RunCommand.self, CheckCommand.self, DemoCommand.self, SimulateCommand.self, ReceiveCommand.self,
            TestCommand.self, RenderCommand.self, SignCommand.self, VerifyCommand.self, SchemaCommand.self,
            InitCommand.self,
        ])
}
