import Chats
import JSON
import Store

/// A chat in a list.
struct ChatResource: Sendable {
    enum State: String, Sendable, CaseIterable {
        /// Not read yet.
        case new
        case watched, unreachable, dismissed
    }

    var id: String
    /// Nil for one that is configured no more.
    var report: ChatReport?
    /// Nil for one that was not read yet.
    var summary: ChatSummary?

    var state: State {
        switch summary?.state {
        case nil: .new
        case .watched: .watched
        case .unreachable: .unreachable
        case .dismissed: .dismissed
        }
    }
}

extension ChatResource.State: Word {}

extension ChatResource: Resource {
    static let name = "Chat"
    static let fields: [Field<Self>] = [
        Field("id") { $0.id },
        Field("label", "The operator's name for it.") { $0.report?.label ?? $0.summary?.label },
        Field("name", "The platform's name for it.") { $0.summary?.name },
        Field("configured", "False for one that is polled no more.") { $0.report != nil },
        Field("state") { $0.state },
        Field("members") { $0.summary?.members },
        Field("weight") { $0.report?.weight },
        Field("interval", "Null: the schedule's choice.") { $0.report?.interval },
        Field("expected") { $0.report?.expected },
        Field("lastPoll", "Since the program started.") { $0.report?.lastPoll },
        Field("seenAt", "The last poll that brought something new, over restarts.") { $0.summary?.seenAt },
        Field("sequence", "How many events it had.") { $0.summary?.sequence ?? 0 },
    ]
}
