import Deliveries

/// A destination that takes lists of event ids, as many as are said to fit.
struct ListFormat: Format {
    var limit = 100
    var fitting = 100

    var name: FormatName { .standard }
    var digestLimit: Int { limit }

    func payload(for event: StoredEvent) -> Payload {
        Payload(id: event.id, contentType: "text/plain", body: Array(event.id.utf8))
    }

    func digest(of events: [StoredEvent]) -> Digest? {
        let ids = events.prefix(min(limit, fitting)).map(\.id)
        guard let first = ids.first else { return nil }
        let payload = Payload(
            id: "list-\(first)-\(ids.count)", contentType: "text/plain", body: Array(ids.joined(separator: "\n").utf8))
        return Digest(payload: payload, count: ids.count)
    }
}
