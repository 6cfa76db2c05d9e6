import Store

/// `GET /api/v1/stream`
enum StreamRoute {
    static func all(_ backing: Backing, slots: StreamSlots) -> [Route] {
        [
            Route(.get, "/api/v1/stream", documentation) { call throws(Problem) in
                try await answer(call, backing, slots)
            }
        ]
    }

    private static let documentation = RouteDocumentation(
        "stream",
        """
        Server-sent events: `event` with an event, `delivery` with a delivery whose try was judged, `status` with the status \
        when it changed. The last id that came is the position to resume from, by the header Last-Event-ID.
        """,
        query: [.chat, .type], answers: .text("The stream; it does not end by itself.", "text/event-stream"))

    private static func answer(
        _ call: Call, _ backing: Backing, _ slots: StreamSlots
    ) async throws(Problem) -> Answer {
        let type = try call.query.type()
        var chat = call.query.chat
        if let name = chat { chat = await backing.chatID(name) }
        let newest = try await backing.stored { store throws(StoreError) in try await store.newestEventNumber() }
        let position = try resumption(call, newest: newest) ?? newest
        guard let slot = slots.take() else {
            throw Problem(
                503, "too many streams are open", headers: [.init(name: "retry-after", value: "30")])
        }
        let stream = EventStream(
            backing: backing, listener: backing.feed.listen(), type: type, chat: chat, position: position)
        // `x-accel-buffering` is for nginx, which else holds a stream back.
        let headers = ["content-type": "text/event-stream", "x-accel-buffering": "no"]
        return Answer(
            headers: headers,
            body: .stream { writer in
                var stream = stream
                try await stream.run(&writer)
                withExtendedLifetime(slot) {}
            })
    }

    /// A number beyond the newest comes from another store than this one: such a client begins anew.
    private static func resumption(_ call: Call, newest: Int64) throws(Problem) -> Int64? {
        guard let text = call.head.headers["last-event-id"], !text.isEmpty else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw .badRequest("header \"Last-Event-ID\": expected the id of an event of this stream")
        }
        return number <= newest ? number : nil
    }
}
