import Scheduling
import Store
import Telemetry
import Time
import Watcher

extension WatchStanding {
    var metrics: [MetricFamily] {
        [
            .counter(
                "belfry_polls_total", "Polls that ended, by what came of them.", by: ["outcome"],
                PollResult.allCases.map { MetricFamily.Sample($0.rawValue, count: statistics.results[$0] ?? 0) }),
            .histogram(
                "belfry_poll_duration_seconds",
                "How long polls took: a new token, the answer, and storing what it changed.",
                [MetricFamily.Sample(histogram: statistics.durations)]),
            .gauge(
                "belfry_chats", "Chats by state; new ones have not been read yet.", by: ["state"],
                [MetricFamily.Sample("new", count: chats.new)]
                    + ChatSummary.State.allCases.map { MetricFamily.Sample($0.rawValue, count: chats[$0]) }),
            // Without a budget there is nothing that could run out.
            .gauge(
                "belfry_calls_remaining", "Calls of this month that are left.",
                budget.callsPerMonth == nil ? nil : budget.left.map(Double.init)),
            .gauge(
                "belfry_last_poll_success_timestamp_seconds", "When a poll last succeeded, in seconds since 1970.",
                lastSuccess.map { Double($0.milliseconds) / 1000 }),
        ]
    }
}
