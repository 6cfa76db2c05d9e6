import JSON

/// CloudEvents 1.0 over HTTP in structured mode.
package struct CloudEventsFormat: Format {
    package init() {}

    package var name: FormatName { .cloudevents }

    package func payload(for event: StoredEvent) -> Payload {
        Payload(
            id: event.id, type: event.type, contentType: "application/cloudevents+json; charset=utf-8",
            body: JSONValue.object(CloudEvent(event).json).serialized())
    }
}
