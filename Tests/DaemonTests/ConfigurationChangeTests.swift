import Daemon
import Testing

@Suite("A changed configuration")
struct ConfigurationChangeTests {
    /// The change that an edit of the sample makes.
    private static func change(_ edits: [(old: String, new: String)]) throws -> ConfigurationChange {
        let text = try #require(Sample.edited(edits))
        return ConfigurationChange(from: try Sample.parse(Sample.text), to: try Sample.parse(text))
    }

    private static let audit = "{\"name\": \"audit\","
    private static let callback = "\"callback\": {\"token\": \"\", \"aesKey\": \"\"}"

    /// What is edited, and the sentence that tells of it.
    static let edits: [(old: String, new: String, sentence: String)] = [
        ("\"requestsPerSecond\": 15", "\"requestsPerSecond\": 20", "dingtalk.requestsPerSecond changed from 15 to 20"),
        (": 5000", ": 200000", "dingtalk.callsPerMonth changed from 5,000 to 200,000"),
        (": 5000", ": null", "dingtalk.callsPerMonth changed from 5,000 to null"),
        ("\"minInterval\": \"5s\"", "\"minInterval\": \"10s\"", "watch.minInterval changed from 5s to 10s"),
        ("\"6h\"", "\"720m\"", "watch.maxInterval changed from 6h to 12h"),
        ("\"30d\"", "\"7d\"", "storage.retention changed from 30d to 7d"),
        ("\"10GiB\"", "\"1GiB\"", "storage.maxSize changed from 10GiB to 1GiB"),
        ("\"allow\": []", "\"allow\": [\"10.0.0.0/8\"]", "network.allow changed from [] to [10.0.0.0/8]"),
        ("\"insecureHTTP\": false", "\"insecureHTTP\": true", "network.insecureHTTP changed from false to true"),
        ("\"audit\"", "\"archive\"", "endpoint \"archive\" added"),
        ("https://audit.example.com/hooks", "https://audit.example.com/h", "endpoint \"audit\" changed: url"),
        (audit, "\(audit) \"format\": \"cloudevents\",", "endpoint \"audit\" changed: format"),
        (
            "\"format\": \"slack\"", "\"format\": \"slack\", \"language\": \"zh-Hans\"",
            "endpoint \"ops\" changed: language"
        ),
        (", \"chat.members.*\"", "", "endpoint \"ops\" changed: events"),
        ("[\"*\"]", "[\"Board\"]", "endpoint \"audit\" changed: chats"),
        ("LaLaSw\"", "LaLaSx\"", "endpoint \"audit\" changed: signing"),
        ("\"scheme\": \"standard\"", "\"scheme\": \"stripe\"", "endpoint \"audit\" changed: signing"),
        ("Bearer x", "Bearer y", "endpoint \"audit\" changed: headers"),
        ("\"ordering\": \"chat\"", "\"ordering\": \"none\"", "endpoint \"audit\" changed: ordering"),
        ("\"concurrency\": 16", "\"concurrency\": 1", "endpoint \"audit\" changed: concurrency"),
        ("\"50/s\"", "\"50/m\"", "endpoint \"audit\" changed: rate"),
        ("\"15s\"", "\"16s\"", "endpoint \"audit\" changed: timeout"),
        ("\"maxAge\": \"7d\"", "\"maxAge\": \"8d\"", "endpoint \"audit\" changed: retry"),
        ("[\"5s\", \"5m\"]", "[]", "endpoint \"audit\" changed: retry"),
        (audit, "\(audit) \"success\": {\"status\": [200]},", "endpoint \"audit\" changed: success"),
        (
            "\"format\": \"slack\"", "\"format\": \"slack\", \"overflow\": \"digest\"",
            "endpoint \"ops\" changed: overflow"
        ),
        ("\"Board\"", "\"Directors\"", "chat chat2 changed: label"),
        ("\"weight\": 5, \"interval\": \"10m\"", "\"interval\": \"11m\"", "chat chat2 changed: weight, interval"),
        ("[\"chat1\", ", "[\"chat1\", \"chat3\", ", "chat chat3 added"),
        ("[\"chat1\", ", "[", "chat chat1 removed"),
    ]

    @Test("is told in a sentence that names the key", arguments: edits)
    func tells(old: String, new: String, sentence: String) throws {
        let change = try Self.change([(old, new)])
        #expect(change.sentences.first == sentence)
        #expect(change.needingRestart.isEmpty)
    }

    static let restarts: [(old: String, new: String, sentence: String)] = [
        (
            "\"https://oapi.dingtalk.io\"", "\"https://oapi.dingtalk.com\"",
            "dingtalk.baseURL changed from https://oapi.dingtalk.io to https://oapi.dingtalk.com"
        ),
        (
            "\"https://api.dingtalk.io\"", "\"https://api.dingtalk.com\"",
            "dingtalk.apiBaseURL changed from https://api.dingtalk.io to https://api.dingtalk.com"
        ),
        ("\"key\"", "\"other\"", "dingtalk.appKey changed"),
        ("${APP_SECRET}", "other", "dingtalk.appSecret changed"),
        ("\"legacy\"", "\"v1\"", "dingtalk.token changed from legacy to v1"),
        ("\"10s\"", "\"9s\"", "dingtalk.timeout changed from 10s to 9s"),
        (
            callback,
            "\"callback\": {\"token\": \"t\", \"aesKey\": \"1234567890123456789012345678901234567890123\"}",
            "dingtalk.callback changed"
        ),
        ("data/belfry.db", "belfry.db", "storage.path changed from data/belfry.db to belfry.db"),
        ("8780", "8781", "admin.listen changed from 127.0.0.1:8780 to 127.0.0.1:8781"),
        ("8780\", \"token\": \"\"", "8780\", \"token\": \"t\"", "admin.token changed"),
        ("\"admin\": {", "\"admin\": {\"basePath\": \"/belfry\", ", "admin.basePath changed from / to /belfry/"),
        ("\"proxy\": null", "\"proxy\": \"http://me:pw@proxy.example.com\"", "network.proxy changed"),
        ("\"caFile\": null", "\"caFile\": \"/dev/null\"", "network.caFile changed from null to /dev/null"),
        ("\"info\"", "\"debug\"", "log.level changed from info to debug"),
        ("\"format\": \"text\"", "\"format\": \"json\"", "log.format changed from text to json"),
        ("\"20s\"", "\"21s\"", "shutdownTimeout changed from 20s to 21s"),
    ]

    @Test("that only a restart can bring into force is set apart", arguments: restarts)
    func setsApart(old: String, new: String, sentence: String) throws {
        let change = try Self.change([(old, new)])
        #expect(change.sentences == ["\(sentence), which needs a restart"])
        #expect(change.needingRestart.count == 1)
        #expect(change.settings.isEmpty && change.endpoints.isEmpty && change.chats.isEmpty)
    }

    @Test("is none where the same is written otherwise")
    func sameMeaning() throws {
        let change = try Self.change([
            ("\"timeout\": \"10s\",", ""), ("\"15s\"", "\"15000ms\""),
            ("\"retention\": \"30d\"", "\"//\": \"comment\""),
            ("${APP_SECRET}", "s3cret"), ("\"weight\": 5", "\"weight\": 5.0"),
            ("\"label\": \"Board\"", "\"label\": \"Board\""),
        ])
        #expect(change.isEmpty)
        #expect(change.sentences.isEmpty)
    }

    @Test("tells apart what was added, changed and removed in each list")
    func structured() throws {
        let change = try Self.change([
            ("\"audit\"", "\"archive\""), ("[\"chat.dismissed\", \"chat.members.*\"]", "[\"chat.muted\"]"),
            ("\"chat1\"", "\"chat9\""), ("\"weight\": 5", "\"weight\": 6"),
        ])
        #expect(change.endpoints.added == ["archive"])
        #expect(change.endpoints.changed.map(\.name) == ["ops"])
        #expect(change.endpoints.removed == ["audit"])
        #expect(change.chats.added == ["chat9"])
        #expect(change.chats.changed.map(\.keys) == [["weight"]])
        #expect(change.chats.removed == ["chat1"])
        #expect(
            change.sentences == [
                "endpoint \"archive\" added", "endpoint \"ops\" changed: events",
                "endpoint \"audit\" removed; what waits for it is kept", "chat chat9 added",
                "chat chat2 changed: weight", "chat chat1 removed",
            ])
    }

    @Test("of very many chats gives their number")
    func manyChats() throws {
        let many = (0..<1200).map { "\"chatx\($0)\"" }.joined(separator: ", ")
        #expect(try Self.change([("[\"chat1\", ", "[\"chat1\", \(many), ")]).sentences == ["1,200 chats added"])
    }

    @Test("never shows a secret")
    func hidesSecrets() throws {
        let secret = "c2VjcmV0LXZhbHVlLW9mLXNvbWVib2R5LWVsc2U="
        let change = try Self.change([
            ("\"key\"", "\"\(secret)\""), ("${APP_SECRET}", secret), ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", secret),
            ("Bearer x", secret), ("services/x", secret), ("\"token\": \"\"}", "\"token\": \"\(secret)\"}"),
            ("\"proxy\": null", "\"proxy\": \"http://me:\(secret)@proxy.example.com\""),
        ])
        var dumped = ""
        dump(change, to: &dumped)
        #expect(change.sentences.count == 6)
        #expect(!dumped.contains(secret) && !change.sentences.joined().contains(secret))
    }
}
