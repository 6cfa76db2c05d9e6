import JSON

/// For load balancers, containers and Prometheus. The first two answer without the token and say nothing that needs it.
enum HealthRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .get, "/healthz", isOpen: true,
                RouteDocumentation(
                    "health", "Whether the program answers.", answers: .json("It does.", .words(["ok"]).in("status")))
            ) { _ throws(Problem) in
                .json(["status": "ok"] as JSONValue)
            },
            Route(
                .get, "/readyz", isOpen: true,
                RouteDocumentation(
                    "readiness",
                    "Whether the watch and the deliveries have begun; a 503 says why not. How they fare is in the status.",
                    answers: .json("It does.", .words(["ready"]).in("status")))
            ) { _ throws(Problem) in
                switch await backing.operations.readiness() {
                case .ready: return .json(["status": "ready"] as JSONValue)
                case .notReady(let reason): throw .unavailable(reason)
                }
            },
            Route(
                .get, "/metrics",
                RouteDocumentation(
                    "metrics", "For Prometheus.", answers: .text("The metrics.", MetricsText.mediaType))
            ) { _ throws(Problem) in
                let text = await backing.operations.metrics()
                return Answer(headers: ["content-type": MetricsText.contentType], body: .bytes(Array(text.utf8)))
            },
        ]
    }
}

private enum MetricsText {
    static let mediaType = "text/plain"
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"
}

extension Schema {
    fileprivate func `in`(_ member: String) -> Schema {
        .object([(member, self)], required: [member])
    }
}
