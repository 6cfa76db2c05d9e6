import Deliveries
import Dispatcher
import Telemetry

extension DispatcherStatistics {
    /// Of these endpoints, in this order: one that is configured no more disappears from the page.
    func metrics(of names: [String]) -> [MetricFamily] {
        let figures = names.map { ($0, endpoints[$0] ?? Figures()) }
        return [
            .counter(
                "belfry_delivery_attempts_total", "Tries that ended, by what came of them.",
                by: ["endpoint", "result"],
                figures.flatMap { name, figures in
                    Attempt.Result.allCases.map {
                        MetricFamily.Sample(name, $0.rawValue, count: figures.attempts[$0] ?? 0)
                    }
                }),
            .counter(
                "belfry_deliveries_total", "Deliveries that ended.", by: ["endpoint", "outcome"],
                figures.flatMap { name, figures in
                    [
                        MetricFamily.Sample(name, "delivered", count: figures.delivered),
                        MetricFamily.Sample(name, "dead", count: figures.dead),
                    ]
                }),
            .histogram(
                "belfry_delivery_latency_seconds", "From the poll that saw a change to the verdict on its delivery.",
                by: ["endpoint"], figures.map { MetricFamily.Sample($0, histogram: $1.latency) }),
        ]
    }
}
