import Deliveries
import Testing
import Time

struct DingTalkVerdictTests {
    @Test(
        "DingTalk's answers are judged by errcode, whatever the 200 says",
        arguments: [
            Answer(200, #"{"errcode":0,"errmsg":"ok"}"#, .delivered, says: "errcode 0"),
            Answer(200, #"{"errcode":-1,"errmsg":"system busy"}"#, .retried, says: "system busy"),
            Answer(
                200, #"{"errcode":410100,"errmsg":"too fast"}"#, .throttled(until: Answer.instant + .seconds(600)),
                says: "410100"),
            Answer(
                200, #"{"errcode":130101,"errmsg":"too fast"}"#, .throttled(until: Answer.instant + .seconds(600)),
                says: "130101"),
            Answer(
                200, #"{"errcode":660026,"errmsg":"too fast"}"#, .throttled(until: Answer.instant + .seconds(600)),
                says: "660026"),
            Answer(
                200, #"{"errcode":90030,"errmsg":"too fast"}"#, .throttled(until: Answer.instant + .seconds(600)),
                says: "90030"),
            Answer(200, #"{"errcode":310000,"errmsg":"keywords not in content"}"#, .rejected, says: "keyword"),
            Answer(200, #"{"errcode":310000,"errmsg":"sign not match"}"#, .retried, says: "secret"),
            Answer(
                200, #"{"errcode":310000,"errmsg":"ip 1.2.3.4 not in whitelist"}"#, .retried, says: "allowed addresses"),
            Answer(200, #"{"errcode":300005,"errmsg":"token is not exist"}"#, .rejected, says: "300005"),
            Answer(200, #"{"errcode":400101,"errmsg":"access_token"}"#, .rejected, says: "400101"),
            Answer(200, #"{"errcode":400102,"errmsg":"disabled"}"#, .rejected, says: "400102"),
            Answer(200, #"{"errcode":400013,"errmsg":"dismissed"}"#, .rejected, says: "400013"),
            Answer(200, #"{"errcode":400106,"errmsg":"no robot"}"#, .rejected, says: "400106"),
            Answer(200, #"{"errcode":460101,"errmsg":"too long"}"#, .rejected, says: "too large"),
            Answer(200, #"{"errcode":777,"errmsg":"new"}"#, .retried, says: "777"),
            Answer(200, "<html>", .retried, says: "<html>"),
            Answer(200, #"{"errcode":0,"errm"#, .retried, says: "errcode"),
            Answer(404, "", .retried, says: "status 404"),
            Answer(410, "", .gone, says: "410"),
            Answer(429, "", .throttled(until: nil), says: "429"),
            Answer(502, "", .retried, says: "status 502"),
        ])
    func answers(_ answer: Answer) {
        answer.check(DingTalkFormat())
    }
}
