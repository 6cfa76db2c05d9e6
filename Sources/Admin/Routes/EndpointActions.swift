import Store

/// `POST /api/v1/endpoints/{name}/pause|resume|test`, `DELETE /api/v1/endpoints/{name}`
enum EndpointActions {
    static func all(_ backing: Backing) -> [Route] {
        let operations = backing.operations
        return [
            Route(
                .post, "/api/v1/endpoints/{name}/pause",
                RouteDocumentation(
                    "pauseEndpoint", "Holds an endpoint's deliveries.",
                    answers: .json("The endpoint.", EndpointResource.schema))
            ) { call throws(Problem) in
                try await change(call, of: backing) { name throws(StoreError) in
                    try await operations.pause(endpoint: name)
                }
            },
            Route(
                .post, "/api/v1/endpoints/{name}/resume",
                RouteDocumentation(
                    "resumeEndpoint", "Lets an endpoint's deliveries go on, also after a disabling.",
                    answers: .json("The endpoint.", EndpointResource.schema))
            ) { call throws(Problem) in
                try await change(call, of: backing) { name throws(StoreError) in
                    try await operations.resume(endpoint: name)
                }
            },
            Route(
                .post, "/api/v1/endpoints/{name}/test",
                RouteDocumentation(
                    "testEndpoint", "Sends a test event, past the queue.",
                    answers: .json("What came of it.", TestReport.schema))
            ) { call throws(Problem) in
                guard let report = await operations.sendTest(endpoint: call.parameter("name")) else {
                    throw notConfigured(call)
                }
                return .json(report)
            },
            Route(
                .delete, "/api/v1/endpoints/{name}",
                RouteDocumentation(
                    "dropEndpoint", "Forgets an endpoint that is configured no more, with all its deliveries.",
                    answers: .json("How many deliveries waited for it.", Dropped.schema))
            ) { call throws(Problem) in
                let endpoint = try await backing.endpoint(call.parameter("name"))
                guard !endpoint.isConfigured else {
                    throw .conflict(
                        "endpoint \"\(endpoint.state.name)\" is configured: remove it from the configuration, and reload, first"
                    )
                }
                let count = try await backing.stored { store throws(StoreError) in
                    try await store.drop(endpoint: endpoint.state.name)
                }
                return .json(Dropped(dropped: count))
            },
        ]
    }

    private static func change(
        _ call: Call, of backing: Backing, _ apply: (String) async throws(StoreError) -> Bool
    ) async throws(Problem) -> Answer {
        let name = call.parameter("name")
        let isKnown = try await backing.stored { _ throws(StoreError) in try await apply(name) }
        guard isKnown else { throw notConfigured(call) }
        return .json(try await backing.endpoint(name))
    }

    private static func notConfigured(_ call: Call) -> Problem {
        .notFound("no endpoint \"\(call.parameter("name"))\" is configured")
    }
}

private struct Dropped: Resource {
    var dropped: Int

    static let name = "Dropped"
    static let fields: [Field<Self>] = [Field("dropped") { $0.dropped }]
}
