package import Chats
package import Time

/// A chat to which something keeps happening: first it is watched, then it is muted and unmuted in turn.
package struct ChatHistory: Sendable {
    package private(set) var state: ChatState

    package init(_ id: String) {
        state = ChatState(id: id)
    }

    /// The next advance, which holds one event.
    package mutating func next(at time: Timestamp) -> Advance? {
        let isMuted = state.snapshot?[.chatBannedType] == 1
        guard let advance = state.observing(Snapshot(settings: [.chatBannedType: isMuted ? 0 : 1]), at: time) else {
            return nil
        }
        state = advance.state
        return advance
    }
}
