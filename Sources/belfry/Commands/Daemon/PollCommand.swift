import AdminClient
import ArgumentParser
import HTTPEngine
import JSON
import Telemetry

struct PollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll", abstract: "Polls one chat now, a dismissed one too.",
        discussion: "The call counts against the month's calls. Exit code 1 when the poll failed.")

    @Argument(help: "The chat's id.")
    var chat: String

    @Flag(help: "Prints the daemon's answer as JSON.")
    var json = false

    @OptionGroup var daemon: DaemonOption

    func run() async throws {
        let answer = try await daemon.asking { client in
            try await client.call(.post, "/api/v1/chats/\(PercentEncoding.component(chat))/poll")
        }
        StandardOutput.write(json ? answer.text : Self.text(answer))
        if answer["outcome"]?.stringValue == "failed" { throw ExitCode.failure }
    }

    private static func text(_ answer: JSONValue) -> String {
        let outcome = answer["outcome"]?.stringValue ?? ""
        if let time = answer["notBefore"]?.stringValue { return "\(outcome), not before \(time)" }
        let events = answer["events"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return ([outcome + (answer["detail"]?.stringValue.map { ": \($0)" } ?? "")] + events).joined(separator: "\n")
    }
}
