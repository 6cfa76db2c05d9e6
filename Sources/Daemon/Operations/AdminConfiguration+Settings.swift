import Admin
import DingTalk
import Telemetry

extension AdminConfiguration {
    init(_ settings: AdminSettings, _ dingTalk: DingTalkSettings) {
        self.init()
        host = settings.listen.host
        port = settings.listen.port
        isExposed = !settings.listen.isLoopback
        token = settings.token
        basePath = settings.basePath
        hosts = settings.hosts
        callback = dingTalk.callback.map {
            Callback(token: $0.token, aesKey: $0.aesKey, ownerKey: dingTalk.account.appKey.reveal())
        }
    }
}
