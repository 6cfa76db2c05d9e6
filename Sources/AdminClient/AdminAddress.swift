package import Telemetry

/// Where a daemon's admin API is served.
package struct AdminAddress: Sendable {
    /// Without a slash at its end, such as `http://127.0.0.1:8780`.
    package var url: String
    package var token: Secret?

    /// `url`: without a scheme it is `http`.
    package init(url: String, token: Secret? = nil) {
        let whole = url.contains("://") ? url : "http://\(url)"
        self.url = whole.hasSuffix("/") ? String(whole.dropLast()) : whole
        self.token = token
    }
}
