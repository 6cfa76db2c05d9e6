import Deliveries

extension EndpointQueue {
    /// How many may be in flight, how fast they may go, whether they may be merged, and how often they are tried.
    struct Policy: Sendable {
        var concurrency: Int
        var rates: [Rate]
        /// Who merges what the rates hold back; nil where each delivery waits for a message of its own.
        var merger: (any Format)?
        var retry: RetryPolicy

        init(
            concurrency: Int = 16, rates: [Rate] = [], merger: (any Format)? = nil, retry: RetryPolicy = RetryPolicy()
        ) {
            self.concurrency = max(1, concurrency)
            self.rates = rates
            self.merger = merger
            self.retry = retry
        }

        init(_ endpoint: Endpoint) {
            let merges = endpoint.overflow == .digest && endpoint.format.supportsDigests
            self.init(
                concurrency: endpoint.concurrency, rates: endpoint.rates, merger: merges ? endpoint.format : nil,
                retry: endpoint.retry)
        }
    }
}
