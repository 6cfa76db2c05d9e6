package enum HTTPMethod: String, Sendable {
    case delete = "DELETE"
    case get = "GET"
    case head = "HEAD"
    case patch = "PATCH"
    case post = "POST"
    case put = "PUT"

    /// Sending it twice asks for nothing that once would not (RFC 9110 §9.2.1).
    var isSafe: Bool {
        self == .get || self == .head
    }
}
