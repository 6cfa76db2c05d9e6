package import Telemetry

/// Where a daemon's admin API is served.
package struct AdminAddress: Sendable {
    /// Without a slash at its end, such as `http://127.0.0.1:8780`.
    package var url: String
    package var token: Secret?

    package init(url: String, token: Secret? = nil) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.token = token
    }
}
