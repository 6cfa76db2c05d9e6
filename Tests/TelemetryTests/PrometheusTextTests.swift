import Testing

@testable import Telemetry

@Suite("The text that Prometheus reads")
struct PrometheusTextTests {
    @Test("a family is its help, its type, and a line a sample, in the order given")
    func families() {
        let text = PrometheusText([
            .counter(
                "polls_total", "Polls that ended.", by: ["outcome"],
                [MetricFamily.Sample("unchanged", count: 12), MetricFamily.Sample("changed", count: 0)]),
            .gauge("calls_remaining", "Calls that are left.", 4321),
        ]).text
        #expect(
            text == """
                # HELP polls_total Polls that ended.
                # TYPE polls_total counter
                polls_total{outcome="unchanged"} 12
                polls_total{outcome="changed"} 0
                # HELP calls_remaining Calls that are left.
                # TYPE calls_remaining gauge
                calls_remaining 4321

                """)
    }

    @Test("a gauge without a value shows no sample, and that it exists")
    func absent() {
        #expect(PrometheusText([.gauge("g", "h", nil)]).text == "# HELP g h\n# TYPE g gauge\n")
    }

    @Test("buckets add up, and sum and count follow them")
    func histogram() {
        var histogram = Histogram([0.25, 1])
        for value in [0.125, 0.25, 0.5, 3] { histogram.observe(value) }
        let text = PrometheusText([
            .histogram("d_seconds", "How long.", by: ["endpoint"], [MetricFamily.Sample("ops", histogram: histogram)]),
            .histogram("e_seconds", "Likewise.", [MetricFamily.Sample(histogram: histogram)]),
        ]).text
        #expect(
            text == """
                # HELP d_seconds How long.
                # TYPE d_seconds histogram
                d_seconds_bucket{endpoint="ops",le="0.25"} 2
                d_seconds_bucket{endpoint="ops",le="1"} 3
                d_seconds_bucket{endpoint="ops",le="+Inf"} 4
                d_seconds_sum{endpoint="ops"} 3.875
                d_seconds_count{endpoint="ops"} 4
                # HELP e_seconds Likewise.
                # TYPE e_seconds histogram
                e_seconds_bucket{le="0.25"} 2
                e_seconds_bucket{le="1"} 3
                e_seconds_bucket{le="+Inf"} 4
                e_seconds_sum 3.875
                e_seconds_count 4

                """)
    }

    @Test("a label's value cannot end its quotes or its line, and neither can a help")
    func escaping() {
        let text = PrometheusText([
            .gauge(
                "g", "one\\two\nthree \"four\"", by: ["a", "b"],
                [MetricFamily.Sample("q\" \\ \n}", "全员群 🔔", value: 1)])
        ]).text
        #expect(
            text == #"""
                # HELP g one\\two\nthree "four"
                # TYPE g gauge
                g{a="q\" \\ \n}",b="全员群 🔔"} 1

                """#)
    }

    @Test(
        "numbers are written as Prometheus reads them, whole ones without a point",
        arguments: [
            (0, "0"), (-3, "-3"), (0.5, "0.5"), (1_795_416_000.123, "1795416000.123"), (0.000_01, "1e-05"),
            (9_007_199_254_740_991, "9007199254740991"), (1e300, "1e+300"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"),
        ] as [(Double, String)])
    func numbers(value: Double, expected: String) {
        #expect(PrometheusText.number(value) == expected)
    }
}
