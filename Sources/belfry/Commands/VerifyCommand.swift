import ArgumentParser
import Deliveries
import Time

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks the signature of a message; exit code 1 when it is not genuine.",
        discussion: """
            Give the headers as they arrived, and for the robots' schemes the address too:
              belfry verify --secret whsec_… --header 'webhook-id: …' --header 'webhook-timestamp: …' \\
                            --header 'webhook-signature: v1,…' body.json
              belfry verify --scheme dingtalk --secret SEC… --url '/robot/send?timestamp=…&sign=…' body.json
            """)

    @OptionGroup var message: MessageOptions

    @Option(name: [.customShort("H"), .long], help: "A header, 'name: value'; repeat it.")
    var header: [String] = []

    @Option(help: "The path or URL that the message came to, for schemes that sign in the query.")
    var url = ""

    @Option(help: "The moment to judge the timestamp at, in seconds since 1970; the present without it.")
    var now: Int64?

    func run() throws {
        var headers: [String: String] = [:]
        for line in header {
            guard let colon = line.firstIndex(of: ":") else {
                throw ValidationError("--header takes 'name: value', found '\(line)'")
            }
            headers[line[..<colon].lowercased()] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        let verifier = try message.scheme.verifier(secrets: message.secrets(), header: message.headerPrefix)
        let received = ReceivedMessage(headers: headers, target: url, body: try message.body())
        do throws(VerificationFailure) {
            try verifier.verify(received, now: now.map(Timestamp.init(seconds:)) ?? SystemTime.wall)
        } catch {
            throw ProblemLine("not genuine: \(error)")
        }
        print("genuine")
    }
}
