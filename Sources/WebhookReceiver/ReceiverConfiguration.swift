package import Telemetry

/// How a webhook receiver is set up.
package struct ReceiverConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0: any free port; `onListening` tells which.
    package var port = 0
    /// Standard Webhooks secrets, of which any will do; none: nothing is verified.
    package var secrets: [Secret] = []
    package var behaviour = Behaviour()

    package init() {}
}
