package import Deliveries
package import HTTPEngine

/// The way to the wire. A simulation puts a world of its own behind it.
package protocol Sender: Sendable {
    /// Sends a request to the endpoint of that name and says what came of it; instants in the answer are steady time.
    /// Throws only when the task was cancelled or the sender shut down: then nothing is known of the request's fate.
    func send(_ request: HTTPRequest, to endpoint: String) async throws(CancellationError) -> Exchange
}
