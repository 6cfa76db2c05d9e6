import JSON

/// CloudEvents 1.0 over HTTP in batched mode: an array of events, of one where nothing is to be merged.
package struct CloudEventsBatchFormat: Format {
    /// Bytes of a batch of several; the specification leaves the size to the two sides.
    private static let sizeLimit = 256 * 1024

    package init() {}

    package var name: FormatName { .cloudeventsBatch }

    package var sendsObject: Bool { false }

    package var digestLimit: Int { 100 }

    package func payload(for event: StoredEvent) -> Payload {
        payload(id: event.id, type: event.type, [Self.element(event)])
    }

    package func digest(of events: [StoredEvent]) -> Digest? {
        let elements = events.prefix(digestLimit).map(Self.element)
        guard let first = events.first, let element = elements.first else { return nil }
        var size = element.count + 2
        var count = 1
        while count < elements.count, size + elements[count].count + 1 <= Self.sizeLimit {
            size += elements[count].count + 1
            count += 1
        }
        let isSingle = count == 1
        return Digest(
            payload: payload(
                id: isSingle ? first.id : Digest.id(of: events.prefix(count)),
                type: isSingle ? first.type : Digest.type,
                elements.prefix(count)),
            count: count)
    }

    private func payload(id: String, type: String, _ elements: some Collection<[UInt8]>) -> Payload {
        var writer = JSONWriter(capacity: elements.reduce(2) { $0 + $1.count + 1 })
        writer.beginArray()
        for element in elements {
            writer.rawBytes(element)
        }
        writer.endArray()
        return Payload(
            id: id, type: type, contentType: "application/cloudevents-batch+json; charset=utf-8", body: writer.bytes)
    }

    private static func element(_ event: StoredEvent) -> [UInt8] {
        JSONValue.object(CloudEvent(event).json).serialized()
    }
}
