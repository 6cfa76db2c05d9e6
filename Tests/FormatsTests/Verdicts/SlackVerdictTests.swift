import Deliveries
import Testing
import Time

struct SlackVerdictTests {
    @Test(
        "Slack's answers are judged by status and text",
        arguments: [
            Answer(200, "ok", .delivered, says: "ok"),
            Answer(200, #"{"success":true}"#, .delivered, says: "Rocket.Chat"),
            Answer(200, #"{"success":false}"#, .retried, says: "success"),
            Answer(200, "", .retried, says: "an empty body"),
            Answer(200, "<html>Sign in</html>", .retried, says: "<html>Sign in</html>"),
            Answer(200, "okay", .retried, says: "okay"),
            Answer(200, "ok\n", .retried, says: "ok"),
            Answer(200, "busy", retryAfter: Answer.instant, .retried, says: "busy"),
            Answer(400, "invalid_payload", .rejected, says: "invalid_payload"),
            Answer(403, "action_prohibited", .rejected, says: "action_prohibited"),
            Answer(404, "channel_not_found", .rejected, says: "channel_not_found"),
            Answer(404, "no_service", .rejected, says: "no_service"),
            Answer(404, "not found", .retried, says: "status 404"),
            Answer(410, "channel_is_archived", .gone, says: "channel_is_archived"),
            Answer(
                429, "rate_limited", retryAfter: Answer.instant + .seconds(30),
                .throttled(until: Answer.instant + .seconds(30)), says: "429"),
            Answer(302, "", .retried, says: "redirect"),
            Answer(500, "rollup_error", .retried, says: "status 500"),
            Answer(503, "", retryAfter: Answer.instant, .retry(notBefore: Answer.instant), says: "status 503"),
        ])
    func answers(_ answer: Answer) {
        answer.check(SlackFormat())
    }
}
