package import HTTPEngine
package import JSON
import Telemetry

/// Asks a running daemon through its admin API.
package struct AdminClient: Sendable {
    /// The largest page of the largest listing.
    private static let replyLimit = 32 << 20

    private let address: AdminAddress
    let engine: HTTPEngine

    package init(_ address: AdminAddress, engine: HTTPEngine) {
        self.address = address
        self.engine = engine
    }

    /// `path` begins with a slash and carries its query. A reply without a body is `null`.
    package func call(
        _ method: HTTPMethod, _ path: String, body: JSONValue? = nil, timeout: Duration = .seconds(30)
    ) async throws(AdminError) -> JSONValue {
        var request = request(method, path, timeout: timeout)
        if let body {
            request.headers.append(HTTPField("content-type", "application/json"))
            request.body = body.serialized()
        }
        let response: HTTPResponse
        do {
            response = try await engine.execute(request)
        } catch {
            throw unreachable(error)
        }
        return try value(of: response)
    }

    func request(_ method: HTTPMethod, _ path: String, timeout: Duration) -> HTTPRequest {
        // Whoever asks named the address.
        var request = HTTPRequest(
            method, address.url + path, timeout: timeout, responseLimit: Self.replyLimit,
            addressPolicy: .unrestricted)
        if let token = address.token {
            request.headers.append(HTTPField("authorization", "Bearer \(token.reveal())"))
        }
        return request
    }

    func unreachable(_ error: HTTPError) -> AdminError {
        .unreachable("no daemon answers at \(address.url): \(error)")
    }

    /// The JSON of a success; a problem is thrown.
    func value(of response: HTTPResponse) throws(AdminError) -> JSONValue {
        if response.isSuccess, response.body.isEmpty { return .null }
        let value = response.isComplete ? try? JSONParser.parse(response.body) : nil
        if let value, response.isSuccess { return value }
        guard let value, let title = value["title"]?.stringValue else {
            throw notOurs("HTTP status \(response.status)")
        }
        throw .refused(
            status: response.status, title: title, detail: value["detail"]?.stringValue ?? "",
            problems: value["problems"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }

    /// An answer without a member that the daemon always gives is another program's.
    package func expect(_ member: String, in answer: JSONValue) throws(AdminError) {
        if answer[member] == nil { throw notOurs("no \"\(member)\" in its answer") }
    }

    private func notOurs(_ why: String) -> AdminError {
        .unreachable("what answers at \(address.url) is no daemon of Belfry (\(why))")
    }
}
