import Deliveries
import Store
import Telemetry
import Time

/// An endpoint: what the store keeps of it, and how it is configured, if it still is.
struct EndpointResource: Sendable {
    var state: EndpointState
    var report: EndpointReport?
    var oldestDueAt: Timestamp?

    var isConfigured: Bool { report != nil }

    /// Why it is disabled, or what its last failure was.
    var reason: String? {
        switch state.condition {
        case .disabled: state.disabledReason
        case .failing, .active, .paused: state.breaker.failures > 0 ? report?.trouble : nil
        }
    }
}

extension EndpointState.Condition: Word {}

extension FormatName: Word {}

extension Ordering: Word {}

extension EndpointResource: Resource {
    static let name = "Endpoint"
    static let fields: [Field<Self>] = [
        Field("name") { $0.state.name },
        Field("configured", "False for one that was removed and has deliveries left.") { $0.isConfigured },
        Field("format") { $0.report?.endpoint.format.name },
        Field("url", "Its host and a fingerprint.") { $0.report?.endpoint.url.description },
        Field("state") { $0.state.condition },
        Field("reason", "Why it is disabled, or which rule judged its last failure, until it accepts something.") {
            $0.reason
        },
        Field("failures", "In a row.") { $0.state.breaker.failures },
        Field("failingSince") { $0.state.breaker.failingSince },
        Field("probeAt", "When the next try may go, while it fails.") { $0.state.breaker.probeAt },
        Field("pending") { $0.state.counts.pending },
        Field("delivered") { $0.state.counts.delivered },
        Field("dead") { $0.state.counts.dead },
        Field("oldestDueAt") { $0.oldestDueAt },
        Field("events", "Types, or fronts of them.") { $0.report?.endpoint.filter.events.map(\.text) },
        Field("chats", "Ids or labels.") { $0.report.map { $0.endpoint.filter.chats?.sorted() ?? ["*"] } },
        Field("ordering") { $0.report?.endpoint.ordering },
        Field("concurrency") { $0.report?.endpoint.concurrency },
        Field("rate", "The operator's own limit.") { $0.report?.endpoint.rate?.text },
    ]
}

extension Rate {
    /// As the configuration writes it: `20/s`.
    fileprivate var text: String {
        switch period {
        case .seconds(1): "\(count)/s"
        case .seconds(60): "\(count)/m"
        case .seconds(3600): "\(count)/h"
        default: "\(count)/\(period.text)"
        }
    }
}
