package import Time

/// Something that happened, as it is stored, listed and sent.
package struct Event: Sendable, Equatable {
    /// Which chat; `name` and `label` are what people know it by, when known.
    package struct Chat: Sendable, Equatable {
        package var id: String
        package var name: String?
        package var label: String?

        package init(id: String, name: String? = nil, label: String? = nil) {
            self.id = id
            self.name = name
            self.label = label
        }
    }

    /// The change happened after the last poll that showed the old state and by the poll that showed the new one.
    package struct Observed: Sendable, Equatable {
        package var after: Timestamp?
        package var by: Timestamp

        package init(after: Timestamp?, by: Timestamp) {
            self.after = after
            self.by = by
        }
    }

    package let id: String
    package let timestamp: Timestamp
    /// Nil for what concerns the account or an endpoint.
    package let chat: Chat?
    /// Counts the events of one chat (or of all that is about no chat) from 1, without gaps.
    package let sequence: Int
    package let observed: Observed
    package let change: Change

    package var type: EventType { change.type }

    /// Gives a change its place and its id. The time does not enter into the id, so a change that is told again after an
    /// unacknowledged write keeps it; only a test, which tells of no change, differs by its time.
    package init(_ change: Change, chat: Chat?, sequence: Int, observed: Observed) {
        self.init(
            id: EventID.make(
                chat: chat?.id, sequence: sequence, change: change,
                testedAt: change == .endpointTest ? observed.by : nil), timestamp: observed.by, chat: chat,
            sequence: sequence, observed: observed, change: change)
    }

    init(id: String, timestamp: Timestamp, chat: Chat?, sequence: Int, observed: Observed, change: Change) {
        self.id = id
        self.timestamp = timestamp
        self.chat = chat
        self.sequence = sequence
        self.observed = observed
        self.change = change
    }
}
