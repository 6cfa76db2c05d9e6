/// The event itself as JSON, byte for byte as it is stored (Standard Webhooks 1.0).
package struct StandardFormat: Format {
    /// The endpoint's own rule; nil judges by the status.
    private let success: SuccessRule?

    package init(success: SuccessRule? = nil) {
        self.success = success
    }

    package var name: FormatName { .standard }

    package func payload(for event: StoredEvent) -> Payload {
        Payload(id: event.id, type: event.type, contentType: "application/json", body: event.body)
    }

    package func verdict(on reply: Reply) -> Verdict {
        success?.verdict(on: reply) ?? .byStatus(reply)
    }
}
