import Deliveries
import JSON
import Store

/// `GET /api/v1/deliveries`, `GET /api/v1/deliveries/{id}`
enum DeliveryRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .get, "/api/v1/deliveries",
                RouteDocumentation(
                    "listDeliveries", "Deliveries, of the newest event first.",
                    query: [
                        .limit, .cursor(Cursor.numbersPattern), .chat, .type, .endpoint, .state(DeliveryState.self),
                        .since, .until,
                    ],
                    answers: .json("A page of deliveries.", Page<DeliveryResource>.schema))
            ) { call throws(Problem) in
                .json(try await page(call.query, of: backing))
            },
            Route(
                .get, "/api/v1/deliveries/{id}",
                RouteDocumentation(
                    "getDelivery", "A delivery, its tries, and what would be sent today.",
                    answers: .json("The delivery.", DeliveryDetail.schema))
            ) { call throws(Problem) in
                .json(try await delivery(call.parameter("id"), of: backing))
            },
        ]
    }

    private static func page(_ query: Query, of backing: Backing) async throws(Problem) -> Page<DeliveryResource> {
        let limit = try query.limit()
        let after = try query.cursor(Cursor.numbers)
        var wanted = DeliveryQuery(
            endpoint: query.endpoint, state: try query.state(DeliveryState.self), type: try query.type(),
            since: try query.since(), until: try query.until(),
            after: after.map { DeliveryID(event: $0.0, endpoint: $0.1) }, limit: limit + 1)
        if let chat = query.chat { wanted.chat = await backing.chatID(chat) }
        let records = try await backing.stored { [wanted] store throws(StoreError) in
            try await store.deliveries(wanted)
        }
        let shown = records.prefix(limit)
        var deliveries: [DeliveryResource] = []
        for record in shown { deliveries.append(try await backing.resource(of: record)) }
        return Page(
            data: deliveries,
            next: records.count > limit ? shown.last.map { Cursor(numbers: $0.id.event, $0.id.endpoint) } : nil)
    }

    private static func delivery(_ text: String, of backing: Backing) async throws(Problem) -> DeliveryDetail {
        guard let id = DeliveryID(text),
            let found = try await backing.stored({ store throws(StoreError) in try await store.delivery(id) })
        else { throw .notFound("no delivery \"\(text)\" is kept") }
        let event = try await backing.stored { store throws(StoreError) in
            try await store.event(found.record.eventID)
        }
        var request: RequestReport?
        if let event {
            request = await backing.operations.request(for: event.event, to: found.record.endpoint)
        }
        return DeliveryDetail(
            delivery: DeliveryResource(record: found.record, lastRule: found.attempts.last?.rule),
            tries: found.attempts.map(DeliveryDetail.Try.init),
            request: request)
    }
}

extension Backing {
    /// A delivery that was tried and waits for the next try tells what the last one came to.
    fileprivate func resource(of record: DeliveryRecord) async throws(Problem) -> DeliveryResource {
        guard record.state == .pending, record.attempts > 0 else { return DeliveryResource(record: record) }
        let found = try await stored { store throws(StoreError) in try await store.delivery(record.id) }
        return DeliveryResource(record: record, lastRule: found?.attempts.last?.rule)
    }
}
