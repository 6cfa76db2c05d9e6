import DingTalkSimulator
import JSON
import Testing
import Time

@Suite struct FaultTests {
    @Test(
        "an ordered errcode is plain or wrapped as asked, else as the platform does",
        arguments: [
            (#"{"errcode":-1}"#, -1, false), (#"{"errcode":-1,"wrapped":true}"#, -1, true),
            (#"{"errcode":40014}"#, 40014, true), (#"{"errcode":40014,"wrapped":false}"#, 40014, false),
            (#"{"errcode":43007}"#, 43007, false), (#"{"errcode":70001}"#, 70001, false),
            (#"{"errcode":90018}"#, 90018, true), (#"{"errcode":90020}"#, 90020, true),
            (#"{"errcode":123456}"#, 123_456, false),
        ] as [(String, Int64, Bool)])
    func errcode(order: String, code: Int64, isWrapped: Bool) {
        var platform = Platform(.small())
        #expect(platform.send("POST", "/_control/faults", order).status == 201)
        let answer = platform.get("/chat/get?access_token=x&chatid=y")
        #expect(answer.effectiveCode == code)
        #expect(answer.json["errcode"] == .integer(isWrapped ? 88 : code))
    }

    @Test("a count runs out, and then the next fault or the usual answer comes")
    func count() {
        var platform = Platform(.small())
        let target = "/chat/get?access_token=\(platform.token())&chatid=\(platform.world.chatIDs[0])"
        _ = platform.send("POST", "/_control/faults", #"{"path":"/chat/get","errcode":-1,"count":2}"#)
        _ = platform.send("POST", "/_control/faults", #"{"path":"/chat/get","status":503,"count":1}"#)
        #expect((0..<4).map { _ in platform.get(target).effectiveCode } == [-1, -1, nil, 0])
    }

    @Test("without a count a fault stays until it is deleted")
    func deletion() {
        var platform = Platform(.small())
        let target = "/chat/get?access_token=\(platform.token())&chatid=\(platform.world.chatIDs[0])"
        _ = platform.send("POST", "/_control/faults", #"{"errcode":-1}"#)
        #expect((0..<20).allSatisfy { _ in platform.get(target).effectiveCode == -1 })
        #expect(platform.answer(Call("DELETE", "/_control/faults"), at: someTime).json == ["deleted": 1])
        #expect(platform.get(target).effectiveCode == 0)
    }

    @Test("a fault keeps to its path and its chat")
    func limits() {
        var platform = Platform(.small())
        let token = platform.token()
        let ids = platform.world.chatIDs
        let order = "{\"chatid\":\"\(ids[1])\",\"path\":\"/chat/get\",\"errcode\":40016}"
        _ = platform.send("POST", "/_control/faults", order)
        #expect(platform.token() == token)
        let codes = ids.map { platform.get("/chat/get?access_token=\(token)&chatid=\($0)").effectiveCode }
        #expect(codes == [0, 40016, 0])
    }

    @Test("status, body, delay and close")
    func effects() {
        var platform = Platform(.small())
        _ = platform.send("POST", "/_control/faults", #"{"status":503,"delay":"2s","count":1}"#)
        _ = platform.send("POST", "/_control/faults", #"{"body":"<html>blocked</html>","count":1}"#)
        _ = platform.send("POST", "/_control/faults", #"{"close":true,"count":1}"#)
        _ = platform.send("POST", "/_control/faults", #"{"delay":"250ms"}"#)
        let unavailable = platform.get("/chat/get")
        #expect(unavailable.status == 503)
        #expect(unavailable.delay == .seconds(2))
        let html = Answer.Outcome.reply(
            status: 200, contentType: "text/html; charset=utf-8", body: Array("<html>blocked</html>".utf8))
        #expect(platform.get("/chat/get").outcome == html)
        #expect(platform.get("/chat/get").outcome == .close)
        let late = platform.get("/gettoken?appkey=demo-key&appsecret=demo-secret")
        #expect(late.delay == .milliseconds(250))
        #expect(late.effectiveCode == 0)
    }

    @Test("on the newer API an errcode is a 400 with words")
    func newStyle() {
        var platform = Platform(.small())
        _ = platform.send("POST", "/_control/faults", #"{"path":"/v1.0/oauth2/accessToken","errcode":90018}"#)
        let answer = platform.send(
            "POST", "/v1.0/oauth2/accessToken", #"{"appKey":"demo-key","appSecret":"demo-secret"}"#)
        #expect(answer.status == 400)
        #expect(answer.json["code"] == "Forbidden.AccessDenied.QpsLimitForApi")
    }
}
