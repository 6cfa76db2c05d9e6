import Chats
import Time

/// An answer about a chat that reached a living process.
struct SeenAnswer: Sendable {
    var snapshot: Snapshot
    /// By the wall clock that stamps events.
    var wall: Timestamp
    var at: Timestamp
    var life: Int
    /// The poll was brought to its end: the process went on to the chat's next one.
    var isCompleted = false
}
