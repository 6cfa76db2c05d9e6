import DingTalkSimulator
import JSON
import Testing
import Time

@Suite struct PlatformTests {
    @Test("a chat is answered with its fields, from query or form, on a GET")
    func readChat() throws {
        var platform = Platform(.small())
        let token = platform.token()
        let id = platform.world.chatIDs[1]
        let byQuery = platform.get("/chat/get?access_token=\(token)&chatid=\(id)")
        let form = Array("access_token=\(token)&chatid=\(id)".utf8)
        let byForm = platform.answer(
            Call("GET", "/chat/get", contentType: "application/x-www-form-urlencoded", body: form), at: someTime)
        #expect(byQuery.json["errcode"] == 0)
        #expect(byQuery.json["errmsg"] == "ok")
        #expect(byQuery.json["chat_info"]?.objectValue == platform.world.chat(id)?.info)
        #expect(byQuery.json["chat_info"]?["chatid"] == .string(id))
        #expect(byQuery.outcome == byForm.outcome)
    }

    @Test("a reply follows the chat's changes")
    func freshReply() {
        var platform = Platform(.small())
        let token = platform.token()
        let target = "/chat/get?access_token=\(token)&chatid=\(platform.world.chatIDs[0])"
        let before = platform.get(target).json
        #expect(platform.get(target).json == before)
        _ = platform.send("PATCH", "/_control/chats/\(platform.world.chatIDs[0])", #"{"name":"Renamed"}"#)
        #expect(platform.get(target).json["chat_info"]?["name"] == "Renamed")
    }

    static let refusals: [(method: String, target: String, code: Int64, isWrapped: Bool)] = [
        ("GET", "/chat/get?access_token=TOKEN", 49000, false),
        ("GET", "/chat/get?access_token=TOKEN&chatid=", 49000, false),
        ("GET", "/chat/get?access_token=TOKEN&chatid=chat00000000000000000000000000000000", 40016, false),
        ("GET", "/chat/get?access_token=00000000000000000000000000000000&chatid=CHAT", 40014, true),
        ("GET", "/chat/get?access_token=nonsense&chatid=CHAT", 40001, false),
        ("GET", "/chat/get?chatid=CHAT", 40035, false),
        ("POST", "/chat/get?access_token=TOKEN&chatid=CHAT", 43001, false),
        ("GET", "/chat/update?access_token=TOKEN&chatid=CHAT", 43002, false),
        ("POST", "/chat/update?access_token=TOKEN", 49000, false),
        ("POST", "/chat/create?access_token=TOKEN", 40035, false),
        ("GET", "/gettoken?appkey=demo-key", 40035, false),
        ("GET", "/gettoken?appsecret=demo-secret", 40035, false),
        ("GET", "/gettoken?appkey=demo-key&appsecret=wrong", 40096, false),
        ("GET", "/chat/list?access_token=TOKEN", 404, false),
    ]

    @Test("each documented error has its code, in a 200, wrapped where the gateway answers", arguments: refusals)
    func refusal(method: String, target: String, code: Int64, isWrapped: Bool) {
        var platform = Platform(.small())
        let target = target.replacing("TOKEN", with: platform.token()).replacing(
            "CHAT", with: platform.world.chatIDs[0])
        let answer = platform.answer(Call(method, target), at: someTime)
        #expect(answer.status == 200)
        #expect(answer.effectiveCode == code)
        #expect(answer.json["errcode"] == .integer(isWrapped ? 88 : code))
        #expect(answer.json["errmsg"]?.stringValue?.contains("subcode=\(code),") == isWrapped)
        #expect((answer.json["request_id"] != nil) == isWrapped)
    }

    @Test("an older token call repeats the token and extends it; after 7200 s it is expired and a new one comes")
    func sharedToken() {
        var platform = Platform(.small())
        let token = platform.token()
        let target = "/chat/get?access_token=\(token)&chatid=\(platform.world.chatIDs[0])"
        #expect(platform.get("/gettoken?appkey=demo-key&appsecret=demo-secret").json["expires_in"] == 7200)
        #expect(platform.token(at: someTime + .seconds(7199)) == token)
        #expect(platform.get(target, at: someTime + .seconds(7199 + 7199)).effectiveCode == 0)
        let expired = platform.get(target, at: someTime + .seconds(7199 + 7200))
        #expect(expired.effectiveCode == 42001)
        #expect(expired.json["errcode"] == 88)
        #expect(platform.token(at: someTime + .seconds(7199 + 7200)) != token)
    }

    @Test("the newer token call gives tokens that work, and tells errors by status 400")
    func newToken() {
        var platform = Platform(.small())
        let path = "/v1.0/oauth2/accessToken"
        let good = platform.send("POST", path, #"{"appKey":"demo-key","appSecret":"demo-secret"}"#)
        #expect(good.status == 200)
        #expect(good.json["expireIn"] == 7200)
        let token = good.json["accessToken"]?.stringValue ?? ""
        let target = "/chat/get?access_token=\(token)&chatid=\(platform.world.chatIDs[0])"
        #expect(platform.get(target).effectiveCode == 0)
        let wrong = platform.send("POST", path, #"{"appKey":"demo-key","appSecret":"no"}"#)
        #expect(wrong.status == 400)
        #expect(wrong.json["code"] == "invalidClientIdOrSecret")
        #expect(wrong.json["requestid"]?.stringValue?.isEmpty == false)
        #expect(wrong.json["errcode"] == nil)
        let missing = platform.send("POST", path, #"{"appKey":"demo-key"}"#)
        #expect(missing.status == 400)
        #expect(missing.json["message"] == "missing parameter appSecret")
    }

    @Test("the rate limit counts a second and an interface; its text holds the end in Shanghai time")
    func rateLimit() {
        var configuration = SimulatorConfiguration.small()
        configuration.callsPerSecond = 2
        configuration.callsPerMonth = 3
        var platform = Platform(configuration)
        let target = "/chat/get?access_token=\(platform.token())&chatid=\(platform.world.chatIDs[0])"
        let codes = (0..<4).map { _ in platform.get(target).effectiveCode }
        #expect(codes == [0, 0, 90018, 90018])
        let limited = platform.get(target, at: Timestamp(seconds: someTime.seconds))
        #expect(limited.json["sub_msg"]?.stringValue?.hasSuffix("限制将在 2026-11-23 10:13:21 结束") == true)
        #expect(limited.json["errcode"] == 88)
        // What the rate refused was not counted, so the month has one call left.
        #expect(platform.get(target, at: someTime + .seconds(1)).effectiveCode == 0)
        #expect(platform.get(target, at: someTime + .seconds(2)).effectiveCode == 90020)
    }

    @Test("the quota ends and begins with the month in Shanghai; token calls are free")
    func quota() {
        var configuration = SimulatorConfiguration.small()
        configuration.callsPerMonth = 2
        configuration.tokenLifetime = .seconds(30 * 86_400)
        var platform = Platform(configuration)
        for _ in 0..<10 { _ = platform.token() }
        let target = "/chat/get?access_token=\(platform.token())&chatid=\(platform.world.chatIDs[0])"
        // 1 December in Shanghai begins at 16:00 UTC on 30 November.
        let turn = Timestamp(text: "2026-11-30T16:00:00Z") ?? someTime
        let instants = [someTime, someTime, turn - .milliseconds(1), turn, turn, turn]
        #expect(instants.map { platform.get(target, at: $0).effectiveCode } == [0, 0, 90020, 0, 0, 90020])
    }

    @Test("a created chat can be read; its update is recorded as changes")
    func createAndUpdate() throws {
        var platform = Platform(.small())
        let token = platform.token()
        let created = platform.send(
            "POST", "/chat/create?access_token=\(token)",
            #"{"name":"New","owner":"user1","useridlist":["user1","user2"],"searchable":"1"}"#)
        let id = try #require(created.json["chatid"]?.stringValue)
        #expect(created.json["conversationTag"] == 2)
        #expect(created.json["openConversationId"]?.stringValue?.hasPrefix("cid") == true)
        let updated = platform.send(
            "POST", "/chat/update?access_token=\(token)",
            "{\"chatid\":\"\(id)\",\"name\":\"Newer\",\"add_useridlist\":[\"user3\"],\"del_useridlist\":[\"user1\"]}")
        #expect(updated.json == ["errcode": 0, "errmsg": "ok"])
        let info = try #require(platform.get("/chat/get?access_token=\(token)&chatid=\(id)").json["chat_info"])
        #expect(info["name"] == "Newer")
        #expect(info["searchable"] == 1)
        #expect(Set(info["useridlist"]?.arrayValue?.compactMap(\.stringValue) ?? []) == ["user2", "user3"])
        #expect(
            platform.world.log.changes(after: 0).map(\.difference) == [
                .value(from: "New", to: "Newer"), .members(added: ["user3"], removed: ["user1"]),
            ])
    }

    @Test("more than forty members are refused on creation")
    func tooManyMembers() {
        var platform = Platform(.small())
        let members = (1...41).map { "\"user\($0)\"" }.joined(separator: ",")
        let answer = platform.send(
            "POST", "/chat/create?access_token=\(platform.token())",
            "{\"name\":\"New\",\"owner\":\"user1\",\"useridlist\":[\(members)]}")
        #expect(answer.effectiveCode == 40035)
    }

    static let encodings: [(written: String, name: String)] = [
        ("a%20b", "a b"), ("a+b", "a b"), ("a%2Bb", "a+b"), ("%E7%A0%94", "研"), ("100%", "100%"), ("%zz%4", "%zz%4"),
        ("a%3Db%26c", "a=b&c"), ("a=b", "a=b"), ("%2541", "%41"),
    ]

    @Test("parameters are percent-decoded once", arguments: encodings)
    func decoding(written: String, name: String) {
        var platform = Platform(.small())
        let id = platform.world.chatIDs[0]
        _ = platform.answer(
            Call("POST", "/chat/update?access_token=\(platform.token())&chatid=\(id)&name=\(written)"), at: someTime)
        #expect(platform.world.chat(id)?[.name] == .string(name))
    }

    @Test("how often the platform is called does not decide what changes")
    func independence() {
        var quiet = Platform(.small())
        var busy = Platform(.small())
        for _ in 0..<50 { _ = busy.get("/chat/get?access_token=\(busy.token())&chatid=unknown") }
        #expect(quiet.mutate(count: 100, at: someTime) == busy.mutate(count: 100, at: someTime))
    }
}
