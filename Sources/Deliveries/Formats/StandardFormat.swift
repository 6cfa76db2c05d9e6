/// The event itself as JSON, byte for byte as it is stored (Standard Webhooks 1.0).
package struct StandardFormat: Format {
    package init() {}

    package var name: FormatName { .standard }

    package func payload(for event: StoredEvent) -> Payload {
        Payload(id: event.id, contentType: "application/json", body: event.body)
    }
}
