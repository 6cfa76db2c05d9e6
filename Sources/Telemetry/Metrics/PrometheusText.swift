/// The text that Prometheus scrapes, format 0.0.4.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/
package struct PrometheusText: Sendable {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var text = ""

    /// Families and samples come in the order in which they are given.
    package init(_ families: [MetricFamily]) {
        for family in families { write(family) }
    }

    private mutating func write(_ family: MetricFamily) {
        text += "# HELP \(family.name) \(Self.escapedHelp(family.help))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for sample in family.samples {
            // Written once for the many lines of a histogram.
            let labels = Self.list(family.labels, sample.labels)
            switch sample.value {
            case .number(let value): writeLine(family.name, labels, value)
            case .histogram(let histogram): write(histogram, family.name, labels)
            }
        }
    }

    /// Each bucket holds what the ones before it hold too.
    private mutating func write(_ histogram: Histogram, _ name: String, _ labels: String) {
        let bucket = name + "_bucket"
        let separator = labels.isEmpty ? "" : ","
        var total = 0
        for (index, count) in histogram.counts.enumerated() {
            total += count
            let bound = index < histogram.bounds.values.count ? histogram.bounds.values[index] : .infinity
            writeLine(bucket, "\(labels)\(separator)le=\"\(Self.number(bound))\"", Double(total))
        }
        writeLine(name + "_sum", labels, histogram.sum)
        writeLine(name + "_count", labels, Double(total))
    }

    private mutating func writeLine(_ name: String, _ labels: String, _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{"
            text += labels
            text += "}"
        }
        text += " "
        text += Self.number(value)
        text += "\n"
    }

    private static func list(_ names: [String], _ values: [String]) -> String {
        zip(names, values).map { "\($0)=\"\(escapedLabel($1))\"" }.joined(separator: ",")
    }

    /// Whole numbers without a point.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Up to here every whole number has a `Double` of its own.
        if value.magnitude < 9_007_199_254_740_992, let whole = Int(exactly: value) { return "\(whole)" }
        return "\(value)"
    }

    static func escapedHelp(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    static func escapedLabel(_ text: String) -> String {
        // Nearly always, and there are thousands of them on a page.
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
        return escapedHelp(text).replacing("\"", with: "\\\"")
    }
}
