import JSON
import Time

/// `POST /api/v1/chats/{id}/poll`
enum PollRoute {
    static func all(_ operations: any Operations) -> [Route] {
        [
            Route(method: .post, path: "/api/v1/chats/{id}/poll") { call throws(Problem) in
                try answer(await operations.poll(chat: call.parameter("id")), chat: call.parameter("id"))
            }
        ]
    }

    private static func answer(_ answer: PollAnswer, chat: String) throws(Problem) -> Answer {
        switch answer {
        case .polled(let outcome, let detail, let events):
            return .json([
                "outcome": .string(outcome.rawValue), "detail": .string(detail),
                "events": .array(events.map { .string($0) }),
            ])
        case .queued(let time):
            return .json(["outcome": "queued", "notBefore": .string(time.description)], status: 202)
        case .unknownChat:
            throw .notFound("no chat \"\(chat)\" is watched")
        case .callsSpent(let until):
            let end = until.map { "; the next ones come at \($0)" } ?? ""
            throw .conflict("the calls of this month are spent\(end)")
        }
    }
}
