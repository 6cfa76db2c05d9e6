import ArgumentParser
import Deliveries
import Time

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks the signature of a message; exit code 1 when it is not genuine.",
        discussion: """
            Give the headers as they arrived:
              belfry verify --secret whsec_… --header 'webhook-id: …' --header 'webhook-timestamp: …' \\
                            --header 'webhook-signature: v1,…' body.json
            """)

    @OptionGroup var message: MessageOptions

    @Option(name: [.customShort("H"), .long], help: "A header, 'name: value'; repeat it.")
    var header: [String] = []

    @Option(help: "The moment to judge the timestamp at, in seconds since 1970; the present without it.")
    var now: Int64?

    func run() throws {
        var headers: [String: String] = [:]
        for line in header {
            guard let colon = line.firstIndex(of: ":") else {
                throw ValidationError("--header takes 'name: value', found '\(line)'")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers[line[..<colon].lowercased()] = String(value)
        }
        let verifier = try StandardVerifier(secrets: message.secrets())
        do {
            let time = now.map(Timestamp.init(seconds:)) ?? SystemTime.wall
            try verifier.verify(headers: headers, body: message.body(), now: time)
            print("genuine")
        } catch let failure as StandardVerifier.Failure {
            throw ProblemLine("not genuine: \(failure)")
        }
    }
}
