import JSON

/// For load balancers and containers. They answer without the token and say nothing that needs it.
enum HealthRoutes {
    static func all(_ operations: any Operations) -> [Route] {
        [
            Route(method: .get, path: "/healthz", isOpen: true) { _ throws(Problem) in
                .json(["status": "ok"])
            },
            Route(method: .get, path: "/readyz", isOpen: true) { _ throws(Problem) in
                switch await operations.readiness() {
                case .ready: return .json(["status": "ready"])
                case .notReady(let reason): throw .unavailable(reason)
                }
            },
        ]
    }
}
