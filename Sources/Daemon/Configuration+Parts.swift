import Deliveries
import HTTPEngine
import Watcher

extension Configuration {
    var watchPlan: Watcher.Plan {
        Watcher.Plan(
            chats: watch.chats.map { ($0.id, $0.label) }, interval: watch.minInterval...watch.maxInterval,
            subscriptions: Subscriptions(endpoints))
    }

    var schedule: EvenSchedule {
        EvenSchedule(callSpacing: callSpacing, minInterval: watch.minInterval)
    }

    /// The least time between two calls: by the rate, and by the month's quota spread over 30 days.
    private var callSpacing: Duration {
        let byRate = Duration.seconds(1) / max(dingtalk.requestsPerSecond, 0.001)
        let byQuota = dingtalk.callsPerMonth.map { Duration.seconds(30 * 86_400) / max($0, 1) }
        return max(byRate, byQuota ?? .zero)
    }
}

extension Configuration.Network {
    var engine: HTTPEngine.Configuration {
        HTTPEngine.Configuration(proxy: proxy ?? "", caFile: caFile)
    }

    var policy: AddressPolicy {
        AddressPolicy(allow: allow, allowsPlainHTTP: insecureHTTP)
    }
}
