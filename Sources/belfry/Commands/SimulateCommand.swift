import ArgumentParser
import Daemon
import DingTalkSimulator
import Telemetry

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Runs a DingTalk-compatible server whose groups change at random.",
        discussion: "Its chats are listed at /_control/chats. Credentials: demo-key and demo-secret.")

    @Option(help: "Where to listen; port 0 takes any free one.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8781)

    @Option(help: "How many groups there are.")
    var chats = 20

    @Option(help: "How many random changes a minute happen, in all groups together.")
    var changesPerMinute = 30.0

    @Option(help: "The seed of all chance: the same seed, the same world.")
    var seed: UInt64 = 1

    func validate() throws {
        guard chats >= 0 else { throw ValidationError("--chats cannot be negative") }
        guard changesPerMinute >= 0 else { throw ValidationError("--changes-per-minute cannot be negative") }
    }

    func run() async throws {
        var configuration = SimulatorConfiguration()
        configuration.host = listen.host
        configuration.port = listen.port
        configuration.chats = chats
        configuration.changesPerMinute = changesPerMinute
        configuration.seed = seed
        let host = listen.host
        try await ServiceRunner.run(
            Simulator(configuration) { port in
                StandardError.write("simulating \(chats) groups at http://\(host):\(port), listed at /_control/chats")
            })
    }
}
