import Deliveries

extension FormatName {
    /// Hosts that take one format only, each with those whose names end in it.
    private static let hosts: [(host: String, format: FormatName)] = [
        ("hooks.slack.com", .slack), ("hooks.slack-gov.com", .slack),
        ("discord.com", .discord), ("discordapp.com", .discord),
        ("webhook.office.com", .teams), ("outlook.office.com", .teams), ("logic.azure.com", .teams),
        ("api.powerplatform.com", .teams),
        ("oapi.dingtalk.com", .dingtalk), ("oapi.dingtalk.io", .dingtalk),
        ("open.feishu.cn", .feishu), ("open.larksuite.com", .feishu),
        ("qyapi.weixin.qq.com", .wecom), ("ntfy.sh", .ntfy),
    ]

    /// What a host is known to take; `standard` for every other, which is somebody's own program.
    init(takenBy host: String) {
        let entry = Self.hosts.first { host == $0.host || host.hasSuffix(".\($0.host)") }
        self = entry?.format ?? .standard
    }
}
