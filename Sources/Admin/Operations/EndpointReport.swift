package import Deliveries

/// An endpoint as it is configured, and what is known of it besides what the store keeps.
package struct EndpointReport: Sendable {
    package var endpoint: Endpoint
    /// What the last try failed with; nil while the last one did not fail.
    package var trouble: String?

    package init(_ endpoint: Endpoint, trouble: String? = nil) {
        self.endpoint = endpoint
        self.trouble = trouble
    }
}
