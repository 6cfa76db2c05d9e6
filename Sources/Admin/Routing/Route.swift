/// One thing that can be asked, and who answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) async throws(Problem) -> Answer

    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    var method: Method
    var path: PathPattern
    /// Whether it answers without the token.
    var isOpen = false
    var handler: Handler
}
