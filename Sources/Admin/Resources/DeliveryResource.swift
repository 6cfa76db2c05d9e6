import Chats
import Deliveries
import Store

/// One event for one endpoint.
struct DeliveryResource: Sendable {
    var record: DeliveryRecord
    /// What its last try came to, of one that waits for the next.
    var lastRule: String?

    private var isPending: Bool { record.state == .pending }
}

extension DeliveryState: Word {}

extension EventType: Word {}

extension DeliveryResource: Resource {
    static let name = "Delivery"
    static let fields: [Field<Self>] = [
        Field("id") { $0.record.id.description },
        Field("endpoint") { $0.record.endpoint },
        Field("event", "The event's id.") { $0.record.eventID },
        Field("type") { $0.record.type },
        Field("chat", "Null for what concerns the account or an endpoint.") { $0.record.chat },
        Field("state") { $0.record.state },
        Field("queuedAt") { $0.record.queuedAt },
        Field("attempts") { $0.record.attempts },
        Field("dueAt", "When the next try is due, while it is pending.") {
            $0.isPending ? $0.record.dueOrFinishedAt : nil
        },
        Field("finishedAt") { $0.isPending ? nil : $0.record.dueOrFinishedAt },
        Field("reason", "Why it is dead, or which rule judged the last try of one that waits.") {
            $0.record.reason ?? $0.lastRule
        },
    ]
}
