import JSON
import Store
import Time

/// Which deliveries are to be sent again: the body of `POST /api/v1/replay`.
struct ReplayRequest: Sendable {
    var endpoint: String
    var selection: ReplaySelection

    init(_ object: JSONObject) throws(Problem) {
        let body = BodyMembers(object)
        try body.allow("endpoint", "state", "since", "until")
        endpoint = try body.text("endpoint")
        // What waits is sent anyway.
        let words = [DeliveryState.dead, .delivered].map(\.rawValue)
        let word = try body.text("state")
        guard words.contains(word), let state = DeliveryState(rawValue: word) else {
            throw body.malformed("state", "one of " + words.joined(separator: ", "))
        }
        selection = .endpoint(endpoint, state: state, since: try body.time("since"), until: try body.time("until"))
    }

    static let schema = Schema.object(
        [
            ("endpoint", Schema(["type": "string", "minLength": 1])), ("state", .words(["dead", "delivered"])),
            ("since", Schema.time.orNull.described("Only of events at this time or later.")),
            ("until", Schema.time.orNull.described("Only of events before this time.")),
        ], required: ["endpoint", "state"]
    ).named("ReplayRequest")
}
