import Deliveries

extension EndpointQueue {
    /// How many may be in flight, how fast they may go, whether they may be merged, and how often they are tried.
    struct Policy: Sendable {
        var concurrency: Int
        /// How many more may be recorded before their turn on the wire comes, so that no send waits for a disk. Only where
        /// nothing but their number holds them back.
        var ahead: Int
        var rates: [Rate]
        /// Who merges what the rates hold back; nil where each delivery waits for a message of its own.
        var merger: (any Format)?
        var retry: RetryPolicy

        init(
            concurrency: Int = 16, ahead: Int = 0, rates: [Rate] = [], merger: (any Format)? = nil,
            retry: RetryPolicy = RetryPolicy()
        ) {
            self.concurrency = max(1, concurrency)
            self.ahead = rates.isEmpty && merger == nil ? ahead : 0
            self.rates = rates
            self.merger = merger
            self.retry = retry
        }

        /// Who asks for fewer at once is sent to with care, not with speed.
        private static let leastConcurrencyAhead = 8

        /// How many tries may be recorded and not ended.
        var mostOpen: Int { concurrency + ahead }

        init(_ endpoint: Endpoint) {
            let merges = endpoint.overflow == .digest && endpoint.format.supportsDigests
            self.init(
                concurrency: endpoint.concurrency,
                ahead: endpoint.concurrency >= Self.leastConcurrencyAhead ? endpoint.concurrency : 0,
                rates: endpoint.rates, merger: merges ? endpoint.format : nil,
                retry: endpoint.retry)
        }
    }
}
