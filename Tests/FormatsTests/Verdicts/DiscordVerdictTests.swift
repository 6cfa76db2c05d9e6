import Deliveries
import Testing
import Time

struct DiscordVerdictTests {
    @Test(
        "Discord's answers are judged by status and code",
        arguments: [
            Answer(204, "", .delivered, says: "204"),
            Answer(200, #"{"id":"1"}"#, .delivered, says: "200"),
            Answer(202, "", .retried, says: "empty body"),
            Answer(
                429, #"{"message":"You are being rate limited.","retry_after":0.6501,"global":false}"#,
                .throttled(until: Answer.instant + .milliseconds(651)), says: "429"),
            Answer(
                429, "", retryAfter: Answer.instant + .seconds(3), .throttled(until: Answer.instant + .seconds(3)),
                says: "429"),
            Answer(
                429, "", headers: ["x-ratelimit-reset-after": "1.5"],
                .throttled(until: Answer.instant + .milliseconds(1500)), says: "429"),
            Answer(429, #"{"retry_after":-1}"#, .throttled(until: nil), says: "429"),
            Answer(400, #"{"code":50035,"message":"Invalid Form Body"}"#, .rejected, says: "Invalid Form Body"),
            Answer(404, #"{"code":10015,"message":"Unknown Webhook"}"#, .rejected, says: "10015"),
            Answer(401, #"{"code":50027,"message":"Invalid Webhook Token"}"#, .rejected, says: "50027"),
            Answer(404, "", .retried, says: "status 404"),
            Answer(410, "", .gone, says: "410"),
            Answer(502, "", .retried, says: "status 502"),
        ])
    func answers(_ answer: Answer) {
        answer.check(DiscordFormat())
    }

    @Test("a message that used up the allowance is delivered, and the endpoint pauses until the reset")
    func allowance() {
        var answer = Answer(
            204, headers: ["x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "2"], .delivered, says: "")
        #expect(DiscordFormat().verdict(on: answer.reply).pauseUntil == Answer.instant + .seconds(2))
        answer.headers["x-ratelimit-remaining"] = "1"
        #expect(DiscordFormat().verdict(on: answer.reply).pauseUntil == nil)
    }

    @Test("without the time of the answer a number of seconds means nothing")
    func unknownTime() {
        let reply = Reply(status: 429, body: Array(#"{"retry_after":1}"#.utf8))
        #expect(DiscordFormat().verdict(on: reply).outcome == .throttled(until: nil))
    }
}
