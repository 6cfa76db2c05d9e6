package import Deliveries
import Hummingbird
import Logging
import ServiceLifecycle
import Telemetry

/// A webhook receiver for trying things out: verifies, reports, and misbehaves on request.
package struct WebhookReceiver: Service {
    private let configuration: ReceiverConfiguration
    private let verifier: StandardVerifier?
    private let ledger: SharedLedger
    private let onListening: @Sendable (_ port: Int) -> Void
    private let onReceipt: @Sendable (Receipt) -> Void

    /// `onListening` is called once, when requests are accepted; `onReceipt` for each request, from any thread, before it
    /// is answered. Throws when a secret does not have its form.
    package init(
        _ configuration: ReceiverConfiguration,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in },
        onReceipt: @escaping @Sendable (Receipt) -> Void = { _ in }
    ) throws(SigningSecretError) {
        self.configuration = configuration
        self.onListening = onListening
        self.onReceipt = onReceipt
        let secrets = configuration.secrets.map { $0.reveal() }
        verifier = secrets.isEmpty ? nil : try StandardVerifier(secrets: secrets)
        ledger = SharedLedger(Ledger(behaviour: configuration.behaviour))
    }

    package var counts: ReceiverCounts {
        ledger.use { $0.counts }
    }

    package func run() async throws {
        let onListening = onListening
        let responder = ReceiptResponder(
            verifier: verifier, ledger: ledger, delay: configuration.behaviour.delay, onReceipt: onReceipt)
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { onListening($0.localAddress?.port ?? 0) },
            logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() })
        try await application.run()
    }
}
