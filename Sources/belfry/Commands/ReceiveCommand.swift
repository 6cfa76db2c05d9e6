import ArgumentParser
import Daemon
import Telemetry
import Time
import WebhookReceiver

struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive", abstract: "Runs a webhook receiver that verifies, prints, and misbehaves on request.")

    @Option(help: "Where to listen; port 0 takes any free one.")
    var listen = ListenAddress(host: "127.0.0.1", port: 8782)

    @Option(help: "A Standard Webhooks secret to verify with; repeat it while secrets rotate.")
    var secret: [String] = []

    @Option(help: "The HTTP status of every answer.")
    var status = 200

    @Option(help: "How long every answer is held back, such as 2s.")
    var delay: Duration = .zero

    @Option(help: "How many requests fail with 503 before the first succeeds.")
    var failFirst = 0

    @Flag(help: "Prints each receipt as one line of JSON.")
    var json = false

    func validate() throws {
        guard (200...599).contains(status) else {
            throw ValidationError("--status takes a final HTTP status, 200 to 599")
        }
        guard failFirst >= 0 else { throw ValidationError("--fail-first cannot be negative") }
    }

    func run() async throws {
        var configuration = ReceiverConfiguration()
        configuration.host = listen.host
        configuration.port = listen.port
        configuration.secrets = secret.map(Secret.init)
        configuration.behaviour.status = status
        configuration.behaviour.delay = delay
        configuration.behaviour.failFirst = failFirst
        let host = listen.host
        let printer = ReceiptPrinter(isJSON: json)
        try await ServiceRunner.run(
            WebhookReceiver(configuration) { port in
                StandardError.write("receiving at http://\(host):\(port)/")
            } onReceipt: { receipt in
                printer.print(receipt)
            })
    }
}
