/// One event for one endpoint, by names that outlive any process.
struct DeliveryName: Hashable, Comparable, Sendable {
    var endpoint: String
    var event: String

    static func < (left: DeliveryName, right: DeliveryName) -> Bool {
        (left.endpoint, left.event) < (right.endpoint, right.event)
    }
}
