import ArgumentParser
import Deliveries
import Time

struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Computes the signature of a message.",
        discussion: """
            Prints what a receiver checks: headers, and for the robots' schemes the query or the signed body.
              belfry sign --secret whsec_… --id evt_1 --timestamp 1614265330 body.json
            """)

    @OptionGroup var message: MessageOptions

    @Option(help: "The message's id, the header webhook-id.")
    var id: String

    @Option(help: "The event's type, for schemes that tell it in a header.")
    var type = ""

    @Option(help: "Seconds since 1970; the present without it.")
    var timestamp: Int64?

    func run() throws {
        let time = timestamp.map(Timestamp.init(seconds:)) ?? SystemTime.wall
        let payload = Payload(id: id, type: type, contentType: "application/json", body: try message.body())
        let signers = try message.secrets().map { secret in
            try message.scheme.signer(secret: secret, header: message.headerPrefix)
        }
        let result = signed(payload, by: signers, at: time)
        print("webhook-id: \(id)")
        print("webhook-timestamp: \(time.seconds)")
        for header in result.headers { print("\(header.name): \(header.value)") }
        if !result.query.isEmpty { print("query: \(result.address(""))") }
        if result.body != payload.body { print("body: \(String(decoding: result.body, as: UTF8.self))") }
    }
}
