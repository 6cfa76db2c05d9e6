package import HTTPEngine
package import JSON
import Telemetry

/// Asks a running daemon through its admin API.
package struct AdminClient: Sendable {
    /// The largest page of the largest listing.
    private static let replyLimit = 32 << 20

    private let address: AdminAddress
    private let engine: HTTPEngine

    package init(_ address: AdminAddress, engine: HTTPEngine) {
        self.address = address
        self.engine = engine
    }

    /// `path` begins with a slash and carries its query. A reply without a body is `null`.
    package func call(
        _ method: HTTPMethod, _ path: String, body: JSONValue? = nil, timeout: Duration = .seconds(30)
    ) async throws(AdminError) -> JSONValue {
        var request = HTTPRequest(method, address.url + path, timeout: timeout)
        request.addressPolicy = .unrestricted
        request.responseLimit = Self.replyLimit
        if let token = address.token {
            request.headers.append(HTTPField("authorization", "Bearer \(token.reveal())"))
        }
        if let body {
            request.headers.append(HTTPField("content-type", "application/json"))
            request.body = body.serialized()
        }
        let response: HTTPResponse
        do {
            response = try await engine.execute(request)
        } catch {
            throw .unreachable("no daemon answers at \(address.url): \(error)")
        }
        return try Self.value(of: response, from: address.url)
    }

    private static func value(of response: HTTPResponse, from url: String) throws(AdminError) -> JSONValue {
        if response.isSuccess, response.body.isEmpty { return .null }
        guard response.isComplete, let value = try? JSONParser.parse(response.body) else {
            throw .unreachable("what answers at \(url) is no daemon of Belfry (HTTP status \(response.status))")
        }
        guard !response.isSuccess else { return value }
        guard let title = value["title"]?.stringValue else {
            throw .unreachable("what answers at \(url) is no daemon of Belfry (HTTP status \(response.status))")
        }
        throw .refused(status: response.status, title: title, detail: value["detail"]?.stringValue ?? "")
    }
}
