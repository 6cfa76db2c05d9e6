import Chats
import Time

extension Event {
    /// Belongs to no sequence, and no two are the same event.
    static func test(at time: Timestamp) -> Event {
        Event(.endpointTest, chat: nil, sequence: 0, observed: Observed(after: time, by: time))
    }
}
