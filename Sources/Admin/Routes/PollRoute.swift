import JSON
import Time

/// `POST /api/v1/chats/{id}/poll`
enum PollRoute {
    static func all(_ backing: Backing) -> [Route] {
        [
            Route(.post, "/api/v1/chats/{id}/poll", documentation) { call throws(Problem) in
                let id = await backing.chatID(call.parameter("id"))
                return try answer(await backing.operations.poll(chat: id), chat: id)
            }
        ]
    }

    private static let documentation = RouteDocumentation(
        "pollChat", "Polls a chat now. A 409 says that the month's calls are spent.",
        answers: .json("It was polled.", Polled.schema), .json(202, "It will be polled.", Queued.schema))

    private static func answer(_ answer: PollAnswer, chat: String) throws(Problem) -> Answer {
        switch answer {
        case .polled(let outcome, let detail, let events):
            return .json(Polled(outcome: outcome, detail: detail, events: events))
        case .queued(let time):
            return .json(Queued(notBefore: time), status: 202)
        case .unknownChat:
            throw .notFound("no chat \"\(chat)\" is watched")
        case .callsSpent(let until):
            let end = until.map { "; the next ones come at \($0)" } ?? ""
            throw .conflict("the calls of this month are spent\(end)")
        }
    }
}

extension PollAnswer.Outcome: Word {}

private struct Polled: Resource {
    var outcome: PollAnswer.Outcome
    var detail: String
    var events: [String]

    static let name = "PollResult"
    static let fields: [Field<Self>] = [
        Field("outcome") { $0.outcome },
        Field("detail") { $0.detail },
        Field("events", "The ids of what was seen, in order.") { $0.events },
    ]
}

private struct Queued: Resource {
    var notBefore: Timestamp

    static let name = "QueuedPoll"
    static let fields: [Field<Self>] = [
        Field("outcome") { _ in "queued" },
        Field("notBefore") { $0.notBefore },
    ]
}
