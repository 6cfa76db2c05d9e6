/// All routes, and which of them a request means.
struct RouteTable: Sendable {
    let routes: [Route]

    init(_ routes: [Route]) {
        self.routes = routes
    }

    /// What is at a path.
    struct Place: Sendable {
        fileprivate var found: [(route: Route, parameters: [String: String])]

        /// Whether it is known and answers without the token.
        var isOpen: Bool { !found.isEmpty && found.allSatisfy(\.route.isOpen) }
    }

    func place(_ path: Substring) -> Place {
        Place(
            found: routes.compactMap { route in
                route.path.match(path).map { (route, $0) }
            })
    }

    func route(_ method: String, at place: Place) throws(Problem) -> (route: Route, parameters: [String: String]) {
        guard !place.found.isEmpty else { throw .notFound("there is nothing at this path") }
        // A HEAD is a GET whose body is not sent.
        let wanted = method == "HEAD" ? "GET" : method
        if let found = place.found.first(where: { $0.route.method.rawValue == wanted }) { return found }
        let methods = place.found.map(\.route.method.rawValue)
        let allowed = methods.contains("GET") ? methods + ["HEAD"] : methods
        throw Problem(
            405, "this path answers \(allowed.joined(separator: ", ")) only",
            headers: [.init(name: "allow", value: allowed.joined(separator: ", "))])
    }
}
