/// The way to other machines. Whatever stands behind it keeps `HTTPEngine`'s promises: the error says what is known of the
/// request's fate, and no request is sent twice.
package protocol HTTPTransport: Sendable {
    /// Sends a request and reads the response. Cancelling the task ends the exchange.
    func execute(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse

    /// Sends several requests at once and returns when the last exchange has ended. `onEnd` is told of those that end
    /// together in one call, from any thread; it must be brief. Cancelling the task ends all of them.
    func execute(_ requests: [HTTPRequest], onEnd: @escaping @Sendable ([EndedExchange]) -> Void) async
}

/// An exchange of several that were begun together.
package struct EndedExchange: Sendable {
    /// Of its request among the others.
    package var place: Int
    package var outcome: Result<HTTPResponse, HTTPError>

    package init(place: Int, outcome: Result<HTTPResponse, HTTPError>) {
        self.place = place
        self.outcome = outcome
    }
}

extension HTTPTransport {
    /// Each by itself.
    package func execute(_ requests: [HTTPRequest], onEnd: @escaping @Sendable ([EndedExchange]) -> Void) async {
        await withDiscardingTaskGroup { group in
            for (place, request) in requests.enumerated() {
                group.addTask {
                    let outcome: Result<HTTPResponse, HTTPError>
                    do throws(HTTPError) {
                        outcome = .success(try await execute(request))
                    } catch {
                        outcome = .failure(error)
                    }
                    onEnd([EndedExchange(place: place, outcome: outcome)])
                }
            }
        }
    }
}

extension HTTPEngine: HTTPTransport {}
