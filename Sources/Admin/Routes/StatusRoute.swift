/// `GET /api/v1/status`, `GET /api/v1/history`
enum StatusRoute {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .get, "/api/v1/status",
                RouteDocumentation(
                    "status", "How everything goes.", answers: .json("The status.", StatusResource.schema))
            ) { _ throws(Problem) in
                .json(try await backing.status())
            },
            Route(
                .get, "/api/v1/history",
                RouteDocumentation(
                    "history", "What happened in the last day, since the program started.",
                    answers: .json("In equal steps.", HistoryReport.schema))
            ) { _ throws(Problem) in
                .json(await backing.operations.history())
            },
        ]
    }
}
