import Deliveries
import HTTPEngine
package import Logging
import Scheduling
import Telemetry
package import Watcher

extension Configuration {
    var receivers: [Endpoint] { endpoints.map(\.endpoint) }

    /// Where deliveries may go: never to the daemon's own admin server, which takes orders.
    var addressPolicy: AddressPolicy {
        AddressPolicy(
            allow: network.allow, insecureHTTP: network.insecureHTTP, listeners: admin?.listen.socketAddresses ?? [])
    }

    package var watchPlan: WatchPlan {
        WatchPlan(
            chats: watch.chats.map {
                WatchPlan.Chat(
                    id: $0.id, label: $0.label, terms: PollTerms(weight: $0.weight, interval: $0.interval))
            },
            policy: WatchPlan.Policy(
                limits: IndexSchedule.Limits(callsPerSecond: dingTalk.requestsPerSecond, interval: watch.interval),
                callsPerMonth: dingTalk.callsPerMonth, subscriptions: Subscriptions(receivers)))
    }
}

extension NetworkSettings {
    var engine: HTTPEngine.Configuration {
        HTTPEngine.Configuration(proxy: proxy?.reveal() ?? "", caFile: caFile)
    }
}

extension LogSettings {
    package func logger(label: String) -> Logger {
        Logger(label: label) { LineLogHandler(label: $0, level: level, format: format) }
    }
}
