/// A request as it may be shown: no address beyond its host, no secret.
package struct RequestReport: Sendable, Equatable {
    package var method: String
    package var url: String
    package var headers: [HeaderReport]
    /// Bytes that are no UTF-8 are shown as U+FFFD.
    package var body: String

    package init(method: String = "POST", url: String, headers: [HeaderReport], body: String) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

extension RequestReport: Resource {
    static let name = "Request"
    static let fields: [Field<Self>] = [
        Field("method") { $0.method },
        Field("url", "Its host and a fingerprint.") { $0.url },
        Field("headers") { $0.headers },
        Field("body") { $0.body },
    ]
}
