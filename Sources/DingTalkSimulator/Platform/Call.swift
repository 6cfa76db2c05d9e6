/// A request as it came off the wire.
package struct Call: Sendable {
    package var method: String
    /// Without the query, still percent-encoded.
    package var path: String
    package var query: String
    package var contentType: String
    package var body: [UInt8]

    /// `target` is the request line's: path and query.
    package init(_ method: String, _ target: String, contentType: String = "", body: [UInt8] = []) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = String(parts.first ?? "")
        query = parts.count > 1 ? String(parts[1]) : ""
        self.contentType = contentType
        self.body = body
    }
}
