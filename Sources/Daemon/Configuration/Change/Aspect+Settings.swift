import Admin
import Deliveries
import DingTalk
import HTTPEngine
import Logging
import Telemetry
import Time

extension Aspect<ChatSettings> {
    static let ofChats: [Aspect] = [
        Aspect("label") { $0.label }, Aspect("weight") { $0.weight }, Aspect("interval") { $0.interval },
    ]
}

extension Aspect<EndpointSettings> {
    static let ofEndpoints: [Aspect] = [
        Aspect("url") { $0.endpoint.url },
        Aspect("format") { $0.format.name },
        Aspect("events") { $0.endpoint.filter.events },
        Aspect("chats") { $0.endpoint.filter.chats },
        Aspect("signing") { $0.signing },
        Aspect("headers") { $0.endpoint.headers.map { [Secret($0.name), $0.value] } },
        Aspect("ordering") { $0.endpoint.ordering },
        Aspect("concurrency") { $0.endpoint.concurrency },
        Aspect("rate") { $0.endpoint.rate },
        Aspect("timeout") { $0.endpoint.timeout },
        Aspect("retry") { $0.endpoint.retry },
        Aspect("template") { $0.format.template },
        Aspect("overflow") { $0.endpoint.overflow },
        Aspect("language") { $0.format.language },
        Aspect("success") { $0.format.success },
    ]
}

extension Aspect<Configuration> {
    /// What can take effect while the program runs.
    static let ofRunning: [Aspect] = [
        Aspect("dingtalk.requestsPerSecond", { $0.dingTalk.requestsPerSecond }, shown: CallLimit.text),
        Aspect("dingtalk.callsPerMonth", { $0.dingTalk.callsPerMonth }, shown: { $0?.grouped ?? "null" }),
        Aspect("watch.chatsFile", { $0.watch.file?.path }, shown: { $0 ?? "null" }),
        Aspect("watch.minInterval", { $0.watch.interval.lowerBound }, shown: { $0.text }),
        Aspect("watch.maxInterval", { $0.watch.interval.upperBound }, shown: { $0.text }),
        Aspect("storage.retention", { $0.storage.retention }, shown: { $0.text }),
        Aspect("storage.maxSize", { $0.storage.maxSize }, shown: { "\($0)" }),
        Aspect("network.allow", { $0.network.allow }, shown: { "[\($0.map(\.description).joined(separator: ", "))]" }),
        Aspect("network.insecureHTTP", { $0.network.insecureHTTP }, shown: { "\($0)" }),
    ]

    /// What is given to parts of the program once, when they are made.
    static let ofStart: [Aspect] = [
        Aspect("dingtalk.baseURL", { $0.dingTalk.account.baseURL }, shown: { $0 }),
        Aspect("dingtalk.apiBaseURL", { $0.dingTalk.account.apiBaseURL }, shown: { $0 }),
        Aspect("dingtalk.appKey") { $0.dingTalk.account.appKey },
        Aspect("dingtalk.appSecret") { $0.dingTalk.account.appSecret },
        Aspect("dingtalk.token", { $0.dingTalk.account.tokenKind }, shown: { $0.rawValue }),
        Aspect("dingtalk.timeout", { $0.dingTalk.account.timeout }, shown: { $0.text }),
        Aspect("dingtalk.callback") { [$0.dingTalk.callback?.token, $0.dingTalk.callback?.aesKey] },
        Aspect("storage.path", { $0.storage.path }, shown: { $0 }),
        Aspect("admin.listen", { $0.admin?.listen }, shown: { $0?.description ?? "null" }),
        Aspect("admin.token") { $0.admin?.token },
        Aspect("admin.basePath", { $0.admin?.basePath }, shown: { $0 ?? "null" }),
        Aspect(
            "admin.hosts", { $0.admin?.hosts }, shown: { "[\(($0 ?? []).map(\.description).joined(separator: ", "))]" }),
        Aspect("network.proxy") { $0.network.proxy },
        Aspect("network.caFile", { $0.network.caFile }, shown: { $0 ?? "null" }),
        Aspect("log.level", { $0.log.level }, shown: { $0.rawValue }),
        Aspect("log.format", { $0.log.format }, shown: { $0.rawValue }),
        Aspect("shutdownTimeout", { $0.shutdownTimeout }, shown: { $0.text }),
    ]
}
