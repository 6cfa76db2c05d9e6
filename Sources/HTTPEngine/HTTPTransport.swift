/// The way to other machines. Whatever stands behind it keeps `HTTPEngine`'s promises: the error says what is known of the
/// request's fate, and no request is sent twice.
package protocol HTTPTransport: Sendable {
    /// Sends a request and reads the response. Cancelling the task ends the exchange.
    func execute(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}

extension HTTPEngine: HTTPTransport {}
