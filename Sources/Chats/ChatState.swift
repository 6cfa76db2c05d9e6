package import Time

/// Where the watching of one chat stands: what the last polls showed and how far its events are counted.
package struct ChatState: Sendable, Equatable {
    package var id: String
    /// The operator's name for it.
    package var label: String?
    /// Nil until a poll has succeeded.
    package var snapshot: Snapshot?
    /// The last event's sequence, 0 before the first.
    package var sequence: Int
    /// Grows by one with every stored advance; two writers cannot both advance from the same one.
    package var revision: Int
    /// The last poll that succeeded.
    package var seenAt: Timestamp?
    /// Whether `chat.unreachable` has been told and `chat.reachable` has not.
    package var isUnreachable: Bool

    package init(
        id: String, label: String? = nil, snapshot: Snapshot? = nil, sequence: Int = 0, revision: Int = 0,
        seenAt: Timestamp? = nil, isUnreachable: Bool = false
    ) {
        self.id = id
        self.label = label
        self.snapshot = snapshot
        self.sequence = sequence
        self.revision = revision
        self.seenAt = seenAt
        self.isUnreachable = isUnreachable
    }
}

/// What a poll adds to a chat's history: the state to store, and the events that tell of the difference.
package struct Advance: Sendable, Equatable {
    package var state: ChatState
    package var events: [Event]
}

extension ChatState {
    /// Takes in a successful answer. Nil when it shows nothing that is not known, so that nothing need be written.
    package func observing(_ answer: Snapshot, at time: Timestamp) -> Advance? {
        let known = snapshot ?? Snapshot()
        let updated = known.updated(with: answer)
        var changes = snapshot == nil ? [.watched(updated)] : known.changes(in: answer)
        if isUnreachable {
            changes.append(.reachable(Change.Refusal(code: 0, message: "")))
        }
        guard !changes.isEmpty || updated != snapshot else { return nil }
        var next = self
        next.snapshot = updated
        next.isUnreachable = false
        return next.telling(changes, after: snapshot == nil ? nil : seenAt, by: time, seenAt: time)
    }

    /// Takes in that a chat that answered before is refused for good. Nil when that has been told, or when it never
    /// answered: then it is the configuration that is wrong, and there is no state to lose.
    package func refused(_ refusal: Change.Refusal, at time: Timestamp) -> Advance? {
        guard snapshot != nil, !isUnreachable else { return nil }
        var next = self
        next.isUnreachable = true
        return next.telling([.unreachable(refusal)], after: seenAt, by: time, seenAt: seenAt)
    }

    private func telling(_ changes: [Change], after: Timestamp?, by time: Timestamp, seenAt: Timestamp?) -> Advance {
        let chat = Event.Chat(id: id, name: snapshot?[.name], label: label)
        let observed = Event.Observed(after: after, by: time)
        var next = self
        next.revision += 1
        next.sequence += changes.count
        next.seenAt = seenAt
        let events = zip((sequence + 1)..., changes).map {
            Event($1, chat: chat, sequence: $0, observed: observed)
        }
        return Advance(state: next, events: events)
    }
}
