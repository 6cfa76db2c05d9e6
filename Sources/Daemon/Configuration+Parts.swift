import Deliveries
import HTTPEngine
package import Logging
import Telemetry
import Watcher

extension Configuration {
    var receivers: [Endpoint] { endpoints.map(\.endpoint) }

    var watchPlan: Watcher.Plan {
        Watcher.Plan(
            chats: watch.chats.map { ($0.id, $0.label) }, interval: watch.interval,
            subscriptions: Subscriptions(receivers))
    }

    var schedule: EvenSchedule {
        EvenSchedule(callSpacing: callSpacing, minInterval: watch.interval.lowerBound)
    }

    /// The least time between two calls: by the rate, and by the month's quota spread over 30 days.
    private var callSpacing: Duration {
        let byRate = Duration.seconds(1 / dingTalk.requestsPerSecond)
        let byQuota = dingTalk.callsPerMonth.map { Duration.seconds(30 * 86_400) / $0 }
        return max(byRate, byQuota ?? .zero)
    }
}

extension NetworkSettings {
    var engine: HTTPEngine.Configuration {
        HTTPEngine.Configuration(proxy: proxy?.reveal() ?? "", caFile: caFile)
    }

    var policy: AddressPolicy {
        AddressPolicy(allow: allow, insecureHTTP: insecureHTTP)
    }
}

extension LogSettings {
    package func logger(label: String) -> Logger {
        Logger(label: label) { LineLogHandler(label: $0, level: level, format: format) }
    }
}
