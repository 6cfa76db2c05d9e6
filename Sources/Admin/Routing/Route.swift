/// One thing that can be asked, and who answers it.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) async throws(Problem) -> Answer

    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    let method: Method
    let path: PathPattern
    /// Whether it answers without the token.
    let isOpen: Bool
    /// Nil for what is no part of the API. What is documented takes no other parameters than it says.
    let documentation: RouteDocumentation?
    let handler: Handler

    init(
        _ method: Method, _ path: PathPattern, isOpen: Bool = false, _ documentation: RouteDocumentation? = nil,
        handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.isOpen = isOpen
        self.documentation = documentation
        self.handler = handler
    }
}
