import JSON

/// CloudEvents 1.0 over HTTP in binary mode: attributes as headers, the event's `data` as the body.
package struct CloudEventsBinaryFormat: Format {
    package init() {}

    package var name: FormatName { .cloudeventsBinary }

    package func payload(for event: StoredEvent) -> Payload {
        let cloudEvent = CloudEvent(event)
        return Payload(
            id: event.id, type: event.type, contentType: "application/json", headers: cloudEvent.headers,
            body: cloudEvent.data.serialized())
    }
}
