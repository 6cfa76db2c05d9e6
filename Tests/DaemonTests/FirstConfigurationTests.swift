import Daemon
import Deliveries
import DingTalk
import Telemetry
import TestKit
import Testing

@Suite("A first configuration")
struct FirstConfigurationTests {
    private static let source = ConfigurationSource(
        file: "config.json",
        environment: ["SLACK_URL": "https://hooks.slack.com/services/x", "DINGTALK_APP_KEY": "k", "EMPTY": ""])

    private static func first(_ url: String) throws -> FirstConfiguration {
        var random = SeededGenerator(seed: 1)
        let destination = try Destination(url: url, source: source)
        return FirstConfiguration(chats: ["chat1", "chat2"], destination: destination, using: &random)
    }

    private static func read(_ first: FirstConfiguration) throws -> Configuration {
        let environment = [first.appKeyVariable: "key", first.appSecretVariable: "secret"]
            .merging(source.environment) { new, _ in new }
        return try Configuration(
            parsing: Array(first.text.utf8), source: ConfigurationSource(file: "config.json", environment: environment))
    }

    static let destinations: [(url: String, format: FormatName, allow: [String])] = [
        ("https://hooks.slack.com/services/T/B/x", .slack, []),
        ("https://discord.com/api/webhooks/1/x", .discord, []),
        ("https://canary.discord.com/api/webhooks/1/x", .discord, []),
        ("https://contoso.webhook.office.com/webhookb2/x", .teams, []),
        ("https://prod-12.westus.logic.azure.com:443/workflows/x", .teams, []),
        ("https://oapi.dingtalk.com/robot/send?access_token=x", .dingtalk, []),
        ("https://oapi.dingtalk.io/robot/send?access_token=x", .dingtalk, []),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/x", .feishu, []),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/x", .feishu, []),
        ("https://QYAPI.weixin.qq.com/cgi-bin/webhook/send?key=x", .wecom, []),
        ("https://ntfy.sh/topic", .ntfy, []),
        ("https://notdiscord.com/x", .standard, []),
        ("https://hooks.slack.com.example.com/x", .standard, []),
        ("https://audit.example.com/hooks", .standard, []),
        ("https://93.184.216.34/hooks", .standard, []),
        ("http://127.0.0.1:8782/", .standard, ["127.0.0.1/32"]),
        ("https://10.1.2.3/", .standard, ["10.1.2.3/32"]),
        ("http://[::1]:8782/", .standard, ["::1/128"]),
        ("http://localhost:8782/", .standard, ["127.0.0.1/32", "::1/128"]),
        ("${SLACK_URL}", .slack, []),
        ("${ABSENT:-https://ntfy.sh/x}", .ntfy, []),
    ]

    @Test("guesses the format from the address, opens what it must, and is accepted", arguments: destinations)
    func guesses(url: String, format: FormatName, allow: [String]) throws {
        let first = try Self.first(url)
        #expect(first.destination.format == format)
        #expect(first.problems(from: Self.source) == [])
        let configuration = try Self.read(first)
        #expect(configuration.network.allow.map { "\($0)" } == allow)
        let endpoint = try #require(configuration.endpoints.first).endpoint
        #expect(endpoint.format.name == format)
        #expect(endpoint.signers.count == (format == .standard ? 1 : 0))
        #expect((first.signingSecret != nil) == (format == .standard))
    }

    static let refused: [(url: String, flaw: String)] = [
        ("audit.example.com", "expected a URL that begins with http:// or https://"),
        ("", "expected a URL that begins with http:// or https://"),
        ("https://me:pw@a.example.com/", "expected a URL without user name and password"),
        (
            "http://audit.example.com/",
            "plain http is refused: use https, or an address in numbers that is in your own network"
        ),
        ("http://93.184.216.34/", "93.184.216.34 cannot be reached (plain http is refused: use https)"),
        ("http://169.254.169.254/", "169.254.169.254 cannot be reached (cloud metadata)"),
        ("https://224.0.0.1/", "224.0.0.1 cannot be reached (multicast)"),
        ("${ABSENT}", "the environment variable ABSENT is not set"),
    ]

    @Test("goes to no address that the daemon could not reach", arguments: refused)
    func refuses(url: String, flaw: String) {
        let error = #expect(throws: Destination.Flaw.self) { try Destination(url: url, source: Self.source) }
        #expect(error?.description == flaw)
    }

    @Test("refers to the variables, watches the chats, and speaks to the region")
    func contents() throws {
        var first = try Self.first("https://audit.example.com/")
        first.appKeyVariable = "CORP_KEY"
        first.appSecretVariable = FirstConfiguration.secretVariable(besides: "CORP_KEY")
        first.region = .com
        let configuration = try Self.read(first)
        #expect(configuration.dingTalk.account.appKey.reveal() == "key")
        #expect(configuration.dingTalk.account.appSecret.reveal() == "secret")
        #expect(configuration.dingTalk.account.baseURL == "https://oapi.dingtalk.com")
        #expect(configuration.watch.chats.map(\.id) == ["chat1", "chat2"])
        #expect(first.text.contains("\"${CORP_KEY}\"") && first.text.contains("\"${CORP_SECRET}\""))
        #expect(first.signingSecret.map { first.text.contains($0) } == true)
    }

    @Test("signs with a secret of its own each time")
    func secrets() throws {
        var random = SystemRandomNumberGenerator()
        let destination = try Destination(url: "https://audit.example.com/", source: Self.source)
        let secrets = (0..<2).map { _ in
            FirstConfiguration(chats: ["chat1"], destination: destination, using: &random).signingSecret
        }
        #expect(secrets[0] != secrets[1])
        #expect(secrets.allSatisfy { $0?.hasPrefix("whsec_") == true && $0?.count == 50 })
    }

    @Test("names what cannot be a chat, or a variable")
    func flaws() {
        #expect(FirstConfiguration.flaw(inChats: ["chat1", "chat2"]) == nil)
        #expect(FirstConfiguration.flaw(inChats: ["chat1", "chat1"]) == "chat1 is named twice")
        #expect(FirstConfiguration.flaw(inChats: ["cidX=="])?.hasPrefix("cidX==: expected a chat id") == true)
        #expect(FirstConfiguration.flaw(inVariable: "A_1") == nil)
        for name in ["", "1A", "A-B", "A B", "${A}"] {
            #expect(FirstConfiguration.flaw(inVariable: name) != nil)
        }
        #expect(FirstConfiguration.secretVariable(besides: "DINGTALK_APP_KEY") == "DINGTALK_APP_SECRET")
        #expect(FirstConfiguration.secretVariable(besides: "CORP") == "CORP_SECRET")
    }
}
