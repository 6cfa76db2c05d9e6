/// A queue within an endpoint: what must go one after the other shares a lane.
///
/// Under `ordering: chat` a lane is the chat's number in the store; under `none` every delivery has a lane of its own, the
/// event's number behind all those of chats. Of lanes that are due at one time, the older event's comes first.
package struct Lane: Sendable, Hashable {
    /// More chats than this no store will ever count: 2⁴⁰.
    package static let behindChats: Int64 = 1_099_511_627_776

    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    /// Whether it is a single delivery's own.
    package var holdsOne: Bool { number > Self.behindChats }

    package init(ordering: Ordering, chat: Int64, event: Int64) {
        number = ordering == .chat ? chat : Self.behindChats + event
    }
}
