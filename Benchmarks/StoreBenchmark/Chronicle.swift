import Chats
import Time

/// A chat that is renamed again and again: each event's body is about 600 bytes long.
struct Chronicle {
    private var state: ChatState
    private var time: Timestamp

    init(_ number: Int, from start: Timestamp) {
        let digits = String(number)
        state = ChatState(id: "chat" + String(repeating: "0", count: 32 - digits.count) + digits)
        time = start
    }

    /// The next advance, of one event; the first is that the chat is watched.
    mutating func next() -> Advance? {
        let name = "Name \(state.sequence) " + String(repeating: "of a group ", count: 8)
        time = time + .milliseconds(1)
        guard let advance = state.observing(Snapshot(labels: [.name: name]), at: time) else { return nil }
        state = advance.state
        return advance
    }
}
