package import Chats

/// Who hears of what: the fan-out of an event to endpoints, in the order of the configuration.
package struct Subscriptions: Sendable {
    /// One endpoint's share in an event.
    package struct Recipient: Sendable, Equatable {
        package var endpoint: String
        package var ordering: Ordering

        package init(endpoint: String, ordering: Ordering) {
            self.endpoint = endpoint
            self.ordering = ordering
        }
    }

    private let entries: [(recipient: Recipient, filter: Filter)]

    package init(_ endpoints: [Endpoint]) {
        entries = endpoints.map { (Recipient(endpoint: $0.name, ordering: $0.ordering), $0.filter) }
    }

    package func recipients(of event: Event) -> [Recipient] {
        entries.filter { $0.filter.admits(event, sentTo: $0.recipient.endpoint) }.map(\.recipient)
    }
}
