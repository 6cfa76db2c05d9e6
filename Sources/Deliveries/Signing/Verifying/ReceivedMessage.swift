/// A message as it arrived, as far as signatures need it.
package struct ReceivedMessage: Sendable, Equatable {
    /// By lower-case name.
    package var headers: [String: String]
    /// Decoded.
    package var query: [String: String]
    package var body: [UInt8]

    package init(headers: [String: String] = [:], query: [String: String] = [:], body: [UInt8]) {
        self.headers = headers
        self.query = query
        self.body = body
    }

    /// `target`: the request's path or URL, whose query is decoded as servers do.
    package init(headers: [String: String] = [:], target: String, body: [UInt8]) {
        var query: [String: String] = [:]
        let text = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? ""
        for item in text.prefix(while: { $0 != "#" }).split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            query[PercentEncoding.decodeForm(parts[0])] = PercentEncoding.decodeForm(parts.dropFirst().first ?? "")
        }
        self.init(headers: headers, query: query, body: body)
    }

    func header(_ name: String) throws(VerificationFailure) -> String {
        guard let value = headers[name.lowercased()] else { throw .missingHeader(name) }
        return value
    }

    func queryItem(_ name: String) throws(VerificationFailure) -> String {
        guard let value = query[name] else { throw .missingQueryItem(name) }
        return value
    }
}
