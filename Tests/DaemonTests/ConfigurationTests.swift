import Daemon
import Deliveries
import DingTalk
import JSON
import Telemetry
import Testing

@Suite("The configuration")
struct ConfigurationTests {
    @Test("the documented example is accepted once its calls are enough for the interval that it fixes")
    func acceptsExample() throws {
        let directory = try TemporaryDirectory()
        let secret = try directory.write("audit", "abc123\n")
        try directory.write("chats.txt", "chat99 Everybody\n")
        let example = Self.example.replacing("/run/secrets/audit", with: secret)
        let file = try directory.write("config.json", example.replacing(": 5000", with: ": 50000"))
        let scarce = try directory.write("scarce.json", example)
        let environment = [
            "DINGTALK_APP_KEY": "dingabc", "DINGTALK_APP_SECRET": "s3cret",
            "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T/B/x",
            "AUDIT_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ]
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration.load(file: scarce, environment: environment)
        }
        #expect(
            error?.problems.map(\.message) == [
                "1 chat cannot be polled every minute with 5,000 calls a month: that takes 43,200"
            ])
        let configuration = try Configuration.load(file: file, environment: environment)
        #expect(configuration.dingTalk.account.appKey.reveal() == "dingabc")
        #expect(configuration.dingTalk.account.timeout == .seconds(10))
        #expect(configuration.dingTalk.requestsPerSecond == 15)
        #expect(configuration.dingTalk.callsPerMonth == 50000)
        #expect(configuration.dingTalk.callback == nil)
        #expect(
            configuration.watch.chats == [
                ChatSettings(id: "chate39f540dxxxx"),
                ChatSettings(id: "chat0a…", label: "Board", weight: 5, interval: .seconds(60)),
                ChatSettings(id: "chat99", label: "Everybody"),
            ])
        #expect(configuration.watch.interval == .seconds(5) ... .seconds(21_600))
        #expect(configuration.endpoints.map(\.endpoint.name) == ["ops", "audit"])
        let ops = configuration.endpoints[0].endpoint
        #expect(ops.format.name == .slack)
        #expect(ops.url.reveal() == "https://hooks.slack.com/services/T/B/x")
        #expect(ops.filter.events.map(\.text) == ["chat.dismissed", "chat.muted", "chat.members.*"])
        #expect(ops.concurrency == 16)
        let audit = configuration.endpoints[1].endpoint
        #expect(audit.signers.count == 1)
        #expect(audit.headers.map(\.name) == ["Authorization"])
        #expect(audit.headers.map { $0.value.reveal() } == ["Bearer abc123"])
        #expect(audit.filter.chats == nil)
        #expect(audit.rate == Rate(count: 50, per: .seconds(1)))
        #expect(audit.retry == RetryPolicy())
        #expect(configuration.storage.path == "\(directory.path)/data/belfry.db")
        #expect(configuration.storage.retention == .seconds(30 * 86_400))
        #expect(configuration.storage.maxSize.bytes == 10 << 30)
        #expect(configuration.admin?.listen == ListenAddress(host: "127.0.0.1", port: 8780))
        #expect(configuration.admin?.token == nil)
        #expect(configuration.network.allow.isEmpty)
        #expect(configuration.network.proxy == nil)
        #expect(configuration.log.format == .text)
        #expect(configuration.shutdownTimeout == .seconds(20))
    }

    @Test("the example that comes with the program is accepted, without any environment")
    func acceptsShippedExample() throws {
        let root = #filePath.split(separator: "/").dropLast(3)
        let file = "/" + root.joined(separator: "/") + "/config.example.json"
        let configuration = try Configuration.load(file: file, environment: [:])
        #expect(!configuration.watch.chats.isEmpty)
        #expect(!configuration.endpoints.isEmpty)
    }

    @Test("what is left out has the documented value")
    func defaults() throws {
        let configuration = try Sample.parse(
            """
            {"dingtalk": {"appKey": "k", "appSecret": "s"}, "watch": {"chats": ["chat1"]},
             "endpoints": [{"name": "a", "url": "https://a.example.com"}]}
            """)
        let account = configuration.dingTalk.account
        #expect(account.baseURL == "https://oapi.dingtalk.io")
        #expect(account.apiBaseURL == "https://api.dingtalk.io")
        #expect(account.tokenKind == .legacy)
        #expect(configuration.dingTalk.callsPerMonth == 5000)
        #expect(configuration.storage.path == "data/belfry.db")
        #expect(configuration.admin?.basePath == "/")
        let settings = try #require(configuration.endpoints.first)
        #expect(settings.endpoint.format.name == .standard)
        #expect(settings.endpoint.filter == Filter())
        #expect(settings.endpoint.ordering == .chat)
        #expect(settings.endpoint.timeout == .seconds(15))
        #expect(settings.endpoint.rate == nil)
        #expect(settings.endpoint.overflow == .queue)
    }

    @Test("null switches off the budget, and the admin API")
    func nulls() throws {
        let text = try #require(
            Sample.edited([
                (old: ": 5000", new: ": null"),
                (old: "{\"listen\": \"127.0.0.1:8780\", \"token\": \"\"}", new: "null"),
                (old: "\"callback\": {\"token\": \"\", \"aesKey\": \"\"}", new: "\"callback\": null"),
            ]))
        let configuration = try Sample.parse(text)
        #expect(configuration.dingTalk.callsPerMonth == nil)
        #expect(configuration.admin == nil)
        #expect(configuration.dingTalk.callback == nil)
    }

    @Test("comments may stand in every object, and $schema at the top")
    func comments() throws {
        let text = try #require(
            Sample.edited([
                (old: "\"dingtalk\": {", new: "\"$schema\": \"x.json\", \"// a\": [1], \"dingtalk\": {\"//\": null,"),
                (old: "\"Authorization\"", new: "\"// why\": \"x\", \"Authorization\""),
                (old: "{\"schedule\"", new: "{\"//schedule\": 3, \"schedule\""),
            ]))
        #expect(try Sample.parse(text).endpoints[1].endpoint.headers.count == 1)
    }

    @Test("what concerns wording, judgement and signatures reaches the format and the signers")
    func wording() throws {
        func endpoint(_ edit: (old: String, new: String)...) throws -> EndpointSettings {
            try Sample.parse(try #require(Sample.edited(edit))).endpoints[1]
        }
        let judged = try endpoint((old: "\"ordering\"", new: #""success": {"json": {"code": 0}}, "ordering""#)).endpoint
        #expect(judged.format.verdict(on: Reply(status: 200, body: Array(#"{"code":1}"#.utf8))).isDelivered == false)
        #expect(judged.format.verdict(on: Reply(status: 200, body: Array(#"{"code":0}"#.utf8))).isDelivered)
        let digested = try endpoint(
            (
                old: "\"ordering\"",
                new: #""format": "dingtalk", "overflow": "digest", "language": "zh-Hans", "ordering""#
            ))
        #expect(digested.endpoint.overflow == .digest)
        #expect(digested.endpoint.format.name == .dingtalk)
    }

    static let regions: [(base: String, apiBase: String)] = [
        ("https://oapi.dingtalk.io", "https://api.dingtalk.io"),
        ("https://oapi.dingtalk.com/", "https://api.dingtalk.com"),
        ("http://127.0.0.1:8781", "http://127.0.0.1:8781"),
    ]

    @Test("the token comes from the base's own region, or from the same simulator", arguments: regions)
    func region(base: String, apiBase: String) throws {
        let configuration = try Sample.parse(
            """
            {"dingtalk": {"appKey": "k", "appSecret": "s", "baseURL": "\(base)", "token": "v1"},
             "watch": {"chats": ["chat1"]}, "endpoints": []}
            """)
        #expect(configuration.dingTalk.account.apiBaseURL == apiBase)
        #expect(!configuration.dingTalk.account.baseURL.hasSuffix("/"))
    }

    @Test(
        "plain http is accepted where the network allows it",
        arguments: ["\"allow\": [\"127.0.0.1/32\"]", "\"insecureHTTP\": true"])
    func plainHTTP(setting: String) throws {
        let configuration = try Sample.parse(
            """
            {"dingtalk": {"appKey": "k", "appSecret": "s"}, "watch": {"chats": ["chat1"]}, "network": {\(setting)},
             "endpoints": [{"name": "a", "url": "http://127.0.0.1:8782/x"}]}
            """)
        #expect(configuration.endpoints.count == 1)
    }

    @Test(
        "a token opens other addresses than loopback ones",
        arguments: ["0.0.0.0:80", "[::]:80", "192.168.1.2:80", "host.example:80"])
    func listensWithToken(address: String) throws {
        let text = try #require(
            Sample.edited([(old: "\"127.0.0.1:8780\", \"token\": \"\"", new: "\"\(address)\", \"token\": \"t\"")]))
        #expect(try Sample.parse(text).admin?.listen.description == address)
    }

    @Test("loopback addresses need no token", arguments: ["127.9.9.9:1", "[::1]:0", "localhost:65535", ":8780"])
    func listensOnLoopback(address: String) throws {
        let text = try #require(Sample.edited([(old: "127.0.0.1:8780", new: address)]))
        #expect(try Sample.parse(text).admin?.listen.isLoopback == true)
    }

    @Test("nothing of a secret is shown by a printed configuration")
    func hidesSecrets() throws {
        let configuration = try Sample.parse(Sample.text)
        var dumped = ""
        dump(configuration.dingTalk, to: &dumped)
        dump(configuration.endpoints[1].endpoint.headers, to: &dumped)
        #expect(!dumped.contains("s3cret"))
        #expect(!dumped.contains("Bearer"))
    }

    /// The example of the documentation.
    private static let example = """
        {
          "dingtalk": {
            "baseURL": "https://oapi.dingtalk.io",
            "appKey": "${DINGTALK_APP_KEY}", "appSecret": "${DINGTALK_APP_SECRET}",
            "token": "legacy", "apiBaseURL": "https://api.dingtalk.io",
            "requestsPerSecond": 15, "callsPerMonth": 5000, "timeout": "10s",
            "callback": {"token": "${CB_TOKEN:-}", "aesKey": "${CB_AES_KEY:-}"}
          },
          "watch": {
            "chats": ["chate39f540dxxxx", {"id": "chat0a…", "label": "Board", "weight": 5, "interval": "1m"}],
            "chatsFile": "chats.txt",
            "minInterval": "5s", "maxInterval": "6h"
          },
          "endpoints": [
            {"name": "ops", "format": "slack", "url": "${SLACK_WEBHOOK_URL}",
             "events": ["chat.dismissed", "chat.muted", "chat.members.*"]},
            {"name": "audit", "format": "standard", "url": "https://audit.example.com/hooks/dingtalk",
             "signing": [{"scheme": "standard", "secret": "${AUDIT_SECRET}"}],
             "headers": {"Authorization": "Bearer ${file:/run/secrets/audit}"},
             "chats": ["*"], "ordering": "chat", "concurrency": 16, "rate": "50/s", "timeout": "15s",
             "retry": {"schedule": ["5s","5m","30m","2h","5h","10h","14h","20h","24h"], "maxAge": "7d"}}
          ],
          "storage": {"path": "data/belfry.db", "retention": "30d", "maxSize": "10GiB"},
          "admin": {"listen": "127.0.0.1:8780", "token": "${BELFRY_ADMIN_TOKEN:-}"},
          "network": {"allow": [], "insecureHTTP": false, "proxy": null, "caFile": null},
          "log": {"level": "info", "format": "text"},
          "shutdownTimeout": "20s"
        }
        """
}
