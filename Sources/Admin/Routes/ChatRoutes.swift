import Store

/// `GET /api/v1/chats`, `GET /api/v1/chats/{id}`
enum ChatRoutes {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(
                .get, "/api/v1/chats",
                RouteDocumentation(
                    "listChats", "The chats that are configured, in the order of their ids.",
                    query: [.limit, .cursor(Cursor.idPattern), .chat, .state(ChatResource.State.self)],
                    answers: .json("A page of chats.", Page<ChatResource>.schema))
            ) { call throws(Problem) in
                .json(try await page(call.query, of: backing))
            },
            Route(
                .get, "/api/v1/chats/{id}",
                RouteDocumentation(
                    "getChat", "A chat by its id or label, also one that is polled no more.",
                    answers: .json("The chat.", ChatDetail.schema))
            ) { call throws(Problem) in
                .json(try await chat(call.parameter("id"), of: backing))
            },
        ]
    }

    private static func page(_ query: Query, of backing: Backing) async throws(Problem) -> Page<ChatResource> {
        let limit = try query.limit()
        let state = try query.state(ChatResource.State.self)
        let after = try query.cursor(Cursor.id)
        if let name = query.chat {
            let one = try await backing.chats(named: name)
            let isShown = one.filter { after == nil && (state == nil || $0.state == state) }
            return Page(data: isShown, next: nil)
        }
        let chats = try await backing.chats(in: state, after: after, limit: limit + 1)
        let shown = Array(chats.prefix(limit))
        return Page(data: shown, next: chats.count > limit ? shown.last.map { Cursor(id: $0.id) } : nil)
    }

    private static func chat(_ name: String, of backing: Backing) async throws(Problem) -> ChatDetail {
        let report = await backing.operations.chat(name)
        let id = report?.id ?? name
        let found = try await backing.stored { store throws(StoreError) in
            try await store.chats(ChatQuery(ids: [id], includesSnapshots: true, limit: 1))
        }
        let chat = ChatResource(id: id, report: report, summary: found.first)
        guard report != nil || chat.summary != nil else { throw .notFound("no chat \"\(name)\" is known") }
        return ChatDetail(chat: chat)
    }
}
