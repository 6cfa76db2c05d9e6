package import Chats
package import Time

/// Which chats; in the order of their ids' UTF-8 bytes.
package struct ChatQuery: Sendable, Equatable {
    package var state: ChatSummary.State?
    /// Only these; all that are stored when nil.
    package var ids: Set<String>?
    /// Only ids behind this one: the last one of the page before.
    package var after: String?
    /// Snapshots can be large: they are left out unless asked for.
    package var includesSnapshots: Bool
    package var limit: Int

    package init(
        state: ChatSummary.State? = nil, ids: Set<String>? = nil, after: String? = nil,
        includesSnapshots: Bool = false, limit: Int = 100
    ) {
        self.state = state
        self.ids = ids
        self.after = after
        self.includesSnapshots = includesSnapshots
        self.limit = limit
    }
}

/// A chat that was advanced at least once, as lists show it.
package struct ChatSummary: Sendable, Equatable {
    /// A chat that is dismissed is just that: whether it can still be read tells nothing more.
    package enum State: String, Sendable, CaseIterable {
        case watched, unreachable, dismissed
    }

    package var id: String
    /// The operator's name for it at its last advance.
    package var label: String?
    package var name: String?
    /// Nil while the platform has not listed them.
    package var members: Int?
    package var state: State
    package var sequence: Int
    /// The last poll that brought something new.
    package var seenAt: Timestamp?
    /// Nil unless asked for.
    package var snapshot: Snapshot?

    package init(
        id: String, label: String?, name: String?, members: Int?, state: State, sequence: Int, seenAt: Timestamp?,
        snapshot: Snapshot? = nil
    ) {
        self.id = id
        self.label = label
        self.name = name
        self.members = members
        self.state = state
        self.sequence = sequence
        self.seenAt = seenAt
        self.snapshot = snapshot
    }
}

extension ChatSummary.State {
    package init(of state: ChatState) {
        self = state.snapshot?.isDismissed == true ? .dismissed : state.isUnreachable ? .unreachable : .watched
    }
}
