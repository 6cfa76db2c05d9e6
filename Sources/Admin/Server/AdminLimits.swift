/// How much one client, and all of them together, may take up.
package struct AdminLimits: Sendable {
    /// Further ones wait in the system's queue.
    package var connections = 128
    /// Event streams at once.
    package var streams = 16
    /// All headers of a request together, in bytes.
    package var headerBytes = 16 * 1024
    /// In bytes.
    package var bodyBytes = 64 * 1024
    /// How long a request may take to arrive, an answer to be taken, and a connection to say nothing.
    package var patience: Duration = .seconds(20)

    package init() {}
}
