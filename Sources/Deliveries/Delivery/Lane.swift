/// A queue within an endpoint: what must go one after the other shares a lane.
///
/// Under `ordering: chat` a lane is the chat's number in the store; under `none` every delivery has a lane of its own, the
/// event's number counted downwards so that the two kinds never meet.
package struct Lane: Sendable, Hashable {
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    package init(ordering: Ordering, chat: Int64, event: Int64) {
        number = ordering == .chat ? chat : -event
    }
}
