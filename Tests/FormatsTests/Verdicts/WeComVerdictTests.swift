import Deliveries
import Testing
import Time

struct WeComVerdictTests {
    @Test(
        "WeCom's answers are judged by errcode, whatever the 200 says",
        arguments: [
            Answer(200, #"{"errcode":0,"errmsg":"ok"}"#, .delivered, says: "errcode 0"),
            Answer(
                200, #"{"errcode":45009,"errmsg":"api freq out of limit"}"#,
                .throttled(until: Answer.instant + .seconds(60)), says: "45009"),
            Answer(200, #"{"errcode":93000,"errmsg":"invalid webhook url"}"#, .rejected, says: "93000"),
            Answer(200, #"{"errcode":40008,"errmsg":"invalid message type"}"#, .rejected, says: "40008"),
            Answer(200, #"{"errcode":-1,"errmsg":"system busy"}"#, .retried, says: "-1"),
            Answer(200, "[]", .retried, says: "[]"),
            Answer(500, "", .retried, says: "status 500"),
            Answer(429, "", .throttled(until: nil), says: "429"),
        ])
    func answers(_ answer: Answer) {
        answer.check(WeComFormat())
    }
}
