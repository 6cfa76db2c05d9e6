package import Deliveries
package import HTTPEngine

/// The way to the wire. A simulation puts a world of its own behind it.
package protocol Sender: Sendable {
    /// Sends a request to the endpoint of that name and says what came of it; instants in the answer are steady time.
    /// Throws only when the task was cancelled or the sender shut down: then nothing is known of the request's fate.
    func send(_ request: HTTPRequest, to endpoint: String) async throws(CancellationError) -> Exchange

    /// Sends several requests at once and returns when all have ended. `onEnd` is told of those that end together in one
    /// call, from any thread; it must be brief.
    func send(
        _ requests: [HTTPRequest], to endpoint: String, onEnd: @escaping @Sendable ([EndedSend]) -> Void) async
}

/// What came of a request that was sent with others.
package struct EndedSend: Sendable {
    /// Of the request among the others.
    package var place: Int
    /// Nil when it was cut off and nothing is known of its fate.
    package var exchange: Exchange?

    package init(place: Int, exchange: Exchange?) {
        self.place = place
        self.exchange = exchange
    }
}

extension Sender {
    /// Each by itself.
    package func send(
        _ requests: [HTTPRequest], to endpoint: String, onEnd: @escaping @Sendable ([EndedSend]) -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            for (place, request) in requests.enumerated() {
                group.addTask {
                    var exchange: Exchange?
                    do throws(CancellationError) {
                        exchange = try await send(request, to: endpoint)
                    } catch {
                        exchange = nil
                    }
                    onEnd([EndedSend(place: place, exchange: exchange)])
                }
            }
        }
    }
}
