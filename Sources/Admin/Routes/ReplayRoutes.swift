import Deliveries
import JSON
import Store
import Time

/// `POST /api/v1/deliveries/{id}/replay`, `POST /api/v1/replay`
enum ReplayRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .post, "/api/v1/deliveries/{id}/replay",
                RouteDocumentation(
                    "replayDelivery",
                    "Queues a delivery that ended again, under its old id. One that waits stays as it is.",
                    answers: .json(202, "How many are queued again.", Replayed.schema))
            ) { call throws(Problem) in
                let text = call.parameter("id")
                guard let id = DeliveryID(text),
                    try await backing.stored({ store throws(StoreError) in try await store.delivery(id) }) != nil
                else { throw .notFound("no delivery \"\(text)\" is kept") }
                return .json(try await replay(.deliveries([id]), of: backing), status: 202)
            },
            Route(
                .post, "/api/v1/replay",
                RouteDocumentation(
                    "replay", "Queues the ended deliveries of an endpoint again, under their old ids.",
                    body: ReplayRequest.schema, answers: .json(202, "How many are queued again.", Replayed.schema))
            ) { call throws(Problem) in
                let request = try ReplayRequest(call.object())
                _ = try await backing.endpoint(request.endpoint)
                return .json(try await replay(request.selection, of: backing), status: 202)
            },
        ]
    }

    private static func replay(_ selection: ReplaySelection, of backing: Backing) async throws(Problem) -> Replayed {
        // Due times are the steady clock's, not the wall's.
        let now = backing.time.steady
        let count = try await backing.stored { store throws(StoreError) in
            try await store.replay(selection, at: now)
        }
        if count > 0 { await backing.operations.wakeDispatcher() }
        return Replayed(replayed: count)
    }
}

private struct Replayed: Resource {
    var replayed: Int

    static let name = "Replayed"
    static let fields: [Field<Self>] = [Field("replayed") { $0.replayed }]
}
