import Store

/// `GET /api/v1/endpoints`, `GET /api/v1/endpoints/{name}`
enum EndpointRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .get, "/api/v1/endpoints",
                RouteDocumentation(
                    "listEndpoints", "All endpoints, removed ones that have deliveries left among them.",
                    query: [
                        .limit, .cursor(Cursor.numberPattern), .endpoint, .state(EndpointState.Condition.self),
                    ],
                    answers: .json("A page of endpoints.", Page<EndpointResource>.schema))
            ) { call throws(Problem) in
                .json(try await page(call.query, of: backing))
            },
            Route(
                .get, "/api/v1/endpoints/{name}",
                RouteDocumentation(
                    "getEndpoint", "An endpoint.", answers: .json("The endpoint.", EndpointResource.schema))
            ) { call throws(Problem) in
                .json(try await backing.endpoint(call.parameter("name")))
            },
        ]
    }

    private static func page(_ query: Query, of backing: Backing) async throws(Problem) -> Page<EndpointResource> {
        let limit = try query.limit()
        let state = try query.state(EndpointState.Condition.self)
        let after = try query.cursor(Cursor.number)
        let found = try await backing.endpoints().filter { endpoint in
            (after.map { endpoint.state.number > $0 } ?? true) && (state.map { endpoint.state.condition == $0 } ?? true)
                && (query.endpoint.map { endpoint.state.name == $0 } ?? true)
        }
        let shown = Array(found.prefix(limit))
        return Page(
            data: shown, next: found.count > limit ? shown.last.map { Cursor(number: $0.state.number) } : nil)
    }
}
