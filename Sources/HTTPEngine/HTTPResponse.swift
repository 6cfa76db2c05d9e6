/// What a server answered, whatever the status: a 500 and a redirect, which is never followed, are responses too.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// More followed than the request's limit (or the limit of headers) let through.
    package var isBodyTruncated: Bool
    /// Why the body ended early, if it did: the status can be relied on, the body cannot.
    package var bodyError: HTTPError.Reason?
    /// How long the server asks to be left alone: `Retry-After` in seconds, or from now to its date. Positive; at
    /// most a year.
    package var retryAfter: Duration?
    /// Where a redirect pointed, as an absolute URL. As secret as the URL of the request.
    package var redirectTarget: String?
    /// The peer: the proxy, if there is one.
    package var remoteAddress: IPAddress?
    /// From the start of the exchange to its end.
    package var duration: Duration

    package init(
        status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [], isBodyTruncated: Bool = false,
        bodyError: HTTPError.Reason? = nil, retryAfter: Duration? = nil, redirectTarget: String? = nil,
        remoteAddress: IPAddress? = nil, duration: Duration = .zero
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isBodyTruncated = isBodyTruncated
        self.bodyError = bodyError
        self.retryAfter = retryAfter
        self.redirectTarget = redirectTarget
        self.remoteAddress = remoteAddress
        self.duration = duration
    }

    package var isSuccess: Bool {
        (200..<300).contains(status)
    }

    /// The whole body is there.
    package var isComplete: Bool {
        !isBodyTruncated && bodyError == nil
    }
}
