import Deliveries
import JSON
import Time

/// A delivery with its tries, and what would be sent today.
struct DeliveryDetail: Sendable {
    var delivery: DeliveryResource
    var tries: [Try]
    /// Nil for an endpoint that is configured no more.
    var request: RequestReport?

    /// One try that ended.
    struct Try: Sendable {
        var attempt: Attempt
    }
}

extension Attempt.Result: Word {}

extension DeliveryDetail.Try: Resource {
    static let name = "Try"
    static let fields: [Field<Self>] = [
        Field("number", "Counted from 1, replays included.") { $0.attempt.number },
        Field("startedAt") { $0.attempt.startedAt },
        Field("duration") { $0.attempt.duration },
        Field("result") { $0.attempt.result },
        Field("status", "Null when no answer came.") { $0.attempt.status },
        Field("rule", "Which rule judged it.") { $0.attempt.rule },
        Field("response", "The front of the answer's body.") {
            String(decoding: $0.attempt.response, as: UTF8.self)
        },
    ]
}

extension DeliveryDetail: Resource {
    static let name = "DeliveryDetail"
    static let fields: [Field<Self>] =
        DeliveryResource.fields.map { field in Field(field.name, schema: field.schema) { field.value($0.delivery) } }
        + [
            Field("tries", "In their order.") { $0.tries },
            Field("request", "What would be sent today.") { $0.request },
        ]
}
