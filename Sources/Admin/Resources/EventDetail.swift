import JSON

/// An event with the deliveries that came of it.
struct EventDetail: Representable {
    var event: EventResource
    /// In the order of the endpoints' numbers.
    var deliveries: [DeliveryResource]

    var json: JSONValue {
        var object = event.json.objectValue ?? JSONObject()
        object["deliveries"] = deliveries.json
        return .object(object)
    }

    static let schema: Schema = {
        let members = EventResource.members + [("deliveries", .array(of: DeliveryResource.schema))]
        return Schema.object(members, required: members.map(\.name)).named("EventDetail")
    }()
}
