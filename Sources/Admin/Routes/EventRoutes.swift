import Store

/// `GET /api/v1/events`, `GET /api/v1/events/{id}`
enum EventRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .get, "/api/v1/events",
                RouteDocumentation(
                    "listEvents", "Events, newest first.",
                    query: [.limit, .cursor(Cursor.numberPattern), .chat, .type, .since, .until],
                    answers: .json("A page of events.", Page<EventResource>.schema))
            ) { call throws(Problem) in
                .json(try await page(call.query, of: backing))
            },
            Route(
                .get, "/api/v1/events/{id}",
                RouteDocumentation(
                    "getEvent", "An event and its deliveries.", answers: .json("The event.", EventDetail.schema))
            ) { call throws(Problem) in
                .json(try await event(call.parameter("id"), of: backing))
            },
        ]
    }

    private static func page(_ query: Query, of backing: Backing) async throws(Problem) -> Page<EventResource> {
        let limit = try query.limit()
        var wanted = EventQuery(
            type: try query.type(), since: try query.since(), until: try query.until(),
            before: try query.cursor(Cursor.number), limit: limit + 1)
        if let chat = query.chat { wanted.chat = await backing.chatID(chat) }
        let records = try await backing.stored { [wanted] store throws(StoreError) in try await store.events(wanted) }
        let shown = records.prefix(limit)
        return Page(
            data: shown.map(EventResource.init),
            next: records.count > limit ? shown.last.map { Cursor(number: $0.number) } : nil)
    }

    private static func event(_ id: String, of backing: Backing) async throws(Problem) -> EventDetail {
        let found = try await backing.stored { store throws(StoreError) -> EventDetail? in
            guard let record = try await store.event(id) else { return nil }
            let deliveries = try await store.deliveries(ofEvent: record.number)
            return EventDetail(
                event: EventResource(record: record), deliveries: deliveries.map { DeliveryResource(record: $0) })
        }
        guard let found else { throw .notFound("no event \"\(id)\" is kept") }
        return found
    }
}
