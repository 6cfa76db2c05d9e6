import Daemon
import Testing

@Suite("A mistake in the configuration")
struct ConfigurationMistakesTests {
    @Test(
        "is told in one line: where, what was expected, what was found",
        arguments: Mistake.dingTalk + Mistake.watch + Mistake.others + Mistake.endpoints)
    func tells(_ mistake: Mistake) throws {
        let (text, line) = try #require(mistake.test)
        let error = #expect(throws: ConfigurationError.self) { try Sample.parse(text) }
        #expect(error?.problems.map(\.description) == [line])
    }

    @Test("whatever is wrong is told at once, in the order of the file")
    func tellsAll() throws {
        let text = """
            {"endpoints": [{"name": "a", "url": "nowhere", "evnts": []}, 7],
             "dingtalk": {"appSecret": "${MISSING}"},
             "admin": {"listen": "0.0.0.0:1"}}
            """
        let error = #expect(throws: ConfigurationError.self) { try Sample.parse(text) }
        #expect(
            error?.description == """
                config.json:1:1: watch: required, but missing
                config.json:1:37: endpoints[0].url: expected a URL that begins with http:// or https://, found another text
                config.json:1:48: endpoints[0].evnts: unknown key; did you mean "events"?
                config.json:1:62: endpoints[1]: expected an object, found 7
                config.json:2:14: dingtalk.appKey: required, but missing
                config.json:2:28: dingtalk.appSecret: the environment variable MISSING is not set
                config.json:3:22: admin.listen: 0.0.0.0:1 is no loopback address, so admin.token is required
                """)
    }

    static let broken: [(text: String, line: String)] = [
        ("", "config.json:1:1: expected a value, found the end of the text"),
        ("[]", "config.json:1:1: expected an object, found a list"),
        ("{\"log\": {}, }", "config.json:1:13: expected a key in double quotes, found '}'"),
        ("{\"log\": {},\n \"log\": {}}", "config.json:2:2: the key \"log\" is given twice, first at 1:2"),
    ]

    @Test("a text that is no JSON object is refused where it goes wrong", arguments: broken)
    func refusesBroken(text: String, line: String) {
        let error = #expect(throws: ConfigurationError.self) { try Sample.parse(text) }
        #expect(error?.problems.map(\.description).first == line)
    }

    @Test("a problem is one line and drives no terminal, whatever a key is called")
    func oneLine() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try Sample.parse("{\"a\u{7F}b\": 1, \"c\u{9B}2J\": 1, \"d\\ne\": 1}")
        }
        let text = try #require(error).description
        #expect(text.contains("a\\u{7f}b: unknown key") && text.contains("c\\u{9b}2J: unknown key"))
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("config.json:") })
    }

    @Test("no message repeats a secret, whatever is wrong with it")
    func hidesSecrets() throws {
        let secret = "s3cret-value-of-somebody"
        let places = [
            "\"${APP_SECRET}\"", "\"https://hooks.slack.com/services/x\"", "\"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"",
            "\"Bearer x\"",
        ]
        let wrongs = [
            "\"\(secret)\\n${MISSING}\"", "[\"\(secret)\"]", "\"\(secret) \\u0000\"", "\"${1:-\(secret)}\"",
            "\"${file:/nonexistent}\(secret)\"",
        ]
        for old in places {
            for new in wrongs {
                let text = try #require(Sample.edited([(old: old, new: new)]))
                do {
                    _ = try Sample.parse(text)
                } catch {
                    #expect(!error.description.contains(secret))
                }
            }
        }
    }

    @Test("a file that is not there is named")
    func missingFile() {
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration.load(file: "/nonexistent/config.json", environment: [:])
        }
        #expect(error?.description == "/nonexistent/config.json: cannot be read: No such file or directory")
    }
}
