package import Telemetry

/// Who receives: an address, what it wants to hear, and how it is to be treated.
package struct Endpoint: Sendable {
    package var name: String
    package var url: Secret
    package var format: any Format
    package var filter: Filter
    package var signers: [any Signer]
    package var headers: [Header]
    package var ordering: Ordering
    /// Deliveries in flight at once, at most.
    package var concurrency: Int
    /// The operator's own limit, in place of what the format's destination is known to bear.
    package var rate: Rate?
    package var overflow: Overflow
    /// Bounds the whole exchange, the answer's body included.
    package var timeout: Duration
    package var retry: RetryPolicy

    package init(
        name: String, url: Secret, format: any Format, filter: Filter = Filter(), signers: [any Signer] = [],
        headers: [Header] = [], ordering: Ordering = .chat, concurrency: Int = 16, rate: Rate? = nil,
        overflow: Overflow = .queue, timeout: Duration = .seconds(15), retry: RetryPolicy = RetryPolicy()
    ) {
        self.name = name
        self.url = url
        self.format = format
        self.filter = filter
        self.signers = signers
        self.headers = headers
        self.ordering = ordering
        self.concurrency = concurrency
        self.rate = rate
        self.overflow = overflow
        self.timeout = timeout
        self.retry = retry
    }

    /// All of them hold at once.
    package var rates: [Rate] { rate.map { [$0] } ?? format.limits }

    /// A header of the operator's own, sent with every delivery.
    package struct Header: Sendable {
        package var name: String
        package var value: Secret

        package init(name: String, value: Secret) {
            self.name = name
            self.value = value
        }
    }
}
