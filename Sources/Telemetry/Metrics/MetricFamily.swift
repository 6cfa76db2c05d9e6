/// All that one metric shows at one moment.
///
/// The label's names belong to the family, so that a sample can only differ in their values. Those come from closed sets or
/// from the configuration, never from what the world sends: a page has as many lines as the operator asked for.
package struct MetricFamily: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    package enum Value: Sendable, Equatable {
        case number(Double)
        case histogram(Histogram)
    }

    package struct Sample: Sendable, Equatable {
        /// In the order of the family's label names.
        package var labels: [String]
        package var value: Value

        package init(_ labels: String..., value: Double) {
            self.labels = labels
            self.value = .number(value)
        }

        package init(_ labels: String..., count: Int) {
            self.labels = labels
            value = .number(Double(count))
        }

        package init(_ labels: String..., histogram: Histogram) {
            self.labels = labels
            value = .histogram(histogram)
        }
    }

    package let name: String
    package let help: String
    package let kind: Kind
    package let labels: [String]
    package let samples: [Sample]
}

extension MetricFamily {
    /// What only grows while the program runs.
    package static func counter(
        _ name: String, _ help: String, by labels: [String] = [], _ samples: [Sample]
    ) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .counter, labels: labels, samples: samples)
    }

    package static func gauge(
        _ name: String, _ help: String, by labels: [String] = [], _ samples: [Sample]
    ) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .gauge, labels: labels, samples: samples)
    }

    /// Without a sample when there is no value.
    package static func gauge(_ name: String, _ help: String, _ value: Double?) -> MetricFamily {
        gauge(name, help, value.map { [Sample(value: $0)] } ?? [])
    }

    package static func histogram(
        _ name: String, _ help: String, by labels: [String] = [], _ samples: [Sample]
    ) -> MetricFamily {
        MetricFamily(name: name, help: help, kind: .histogram, labels: labels, samples: samples)
    }
}
