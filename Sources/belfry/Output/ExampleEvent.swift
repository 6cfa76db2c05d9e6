import Chats
import Time

extension Event {
    /// What the documentation shows.
    static let example = Event(
        .added(.members, ["user7", "user9"], count: 42),
        chat: Chat(id: "chate39f540dxxxx", name: "All-staff Chat", label: "Board"), sequence: 17,
        observed: Observed(
            after: Timestamp(milliseconds: 1_795_415_979_100), by: Timestamp(milliseconds: 1_795_416_041_120)))
}
