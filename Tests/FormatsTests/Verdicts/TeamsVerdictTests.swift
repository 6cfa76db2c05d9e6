import Deliveries
import Testing

struct TeamsVerdictTests {
    private static let failure =
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error"

    @Test(
        "Teams' answers are judged by the body where an old connector failed with 200",
        arguments: [
            Answer(202, "", .delivered, says: "202"),
            Answer(200, "1", .delivered, says: "200"),
            Answer(200, "\(failure) 429 with ContextId tcid=0", .throttled(until: nil), says: "429"),
            Answer(200, "\(failure) 413 with ContextId tcid=0", .rejected, says: "413"),
            Answer(200, "\(failure) 502 with ContextId tcid=0", .retried, says: "502"),
            Answer(200, "Webhook message delivery failed", .retried, says: "failed"),
            Answer(400, "Bad payload", .rejected, says: "Bad payload"),
            Answer(413, "", .rejected, says: "413"),
            Answer(401, "", .retried, says: "status 401"),
            Answer(404, "", .retried, says: "status 404"),
            Answer(410, "", .gone, says: "410"),
            Answer(429, "", .throttled(until: nil), says: "429"),
            Answer(301, "", .retried, says: "redirect"),
        ])
    func answers(_ answer: Answer) {
        answer.check(TeamsFormat())
    }
}
