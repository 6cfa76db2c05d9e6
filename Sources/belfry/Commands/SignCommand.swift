import ArgumentParser
import Deliveries
import Time

struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Computes the signature of a message.",
        discussion: """
            Prints the headers that a receiver checks.
              belfry sign --secret whsec_… --id evt_1 --timestamp 1614265330 body.json
            """)

    @OptionGroup var message: MessageOptions

    @Option(help: "The message's id, the header webhook-id.")
    var id: String

    @Option(help: "Seconds since 1970; the present without it.")
    var timestamp: Int64?

    func run() throws {
        let time = timestamp.map(Timestamp.init(seconds:)) ?? SystemTime.wall
        let payload = Payload(id: id, contentType: "application/json", body: try message.body())
        let signers = try message.secrets().map { secret in try message.scheme.signer(secret: secret) }
        let signature = signers.map { $0.signature(of: payload, at: time) }.reduce(Signature(headers: [])) {
            $0.merged(with: $1)
        }
        print("webhook-id: \(id)")
        print("webhook-timestamp: \(time.seconds)")
        for header in signature.headers { print("\(header.name): \(header.value)") }
    }
}
