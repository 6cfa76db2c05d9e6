import Store
import Telemetry
import Time

/// What the store says of the queue, for the metrics.
struct StoreFigures {
    var endpoints: [EndpointState]
    var oldestDue: [Int64: Timestamp]
    var bytes: Int

    func metrics(at now: Timestamp) -> [MetricFamily] {
        [
            .gauge(
                "belfry_queue_depth", "Deliveries that wait.", by: ["endpoint"],
                endpoints.map { MetricFamily.Sample($0.name, count: $0.counts.pending) }),
            .gauge(
                "belfry_queue_oldest_age_seconds", "How long the oldest delivery that is due now has been due.",
                by: ["endpoint"],
                endpoints.map { MetricFamily.Sample($0.name, value: age(of: $0, at: now)) }),
            .gauge(
                "belfry_endpoint_state", "1 for the state that an endpoint is in, 0 for the others.",
                by: ["endpoint", "state"],
                endpoints.flatMap { endpoint in
                    EndpointState.Condition.allCases.map {
                        MetricFamily.Sample(endpoint.name, $0.rawValue, count: endpoint.condition == $0 ? 1 : 0)
                    }
                }),
            .gauge("belfry_store_size_bytes", "Bytes in use in the store, without its log.", Double(bytes)),
        ]
    }

    /// Nothing is overdue that waits for the time of its retry.
    private func age(of endpoint: EndpointState, at now: Timestamp) -> Double {
        oldestDue[endpoint.number].map { max(0, (now - $0).inSeconds) } ?? 0
    }
}
