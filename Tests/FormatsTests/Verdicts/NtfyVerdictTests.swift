import Deliveries
import Testing
import Time

struct NtfyVerdictTests {
    @Test(
        "ntfy's answers count when they repeat the message",
        arguments: [
            Answer(200, #"{"id":"sPs71M8A2T","time":1,"event":"message","topic":"t"}"#, .delivered, says: "200"),
            Answer(200, "<html>a portal</html>", .retried, says: "portal"),
            Answer(200, "{}", .retried, says: "{}"),
            Answer(400, #"{"code":40007}"#, .rejected, says: "40007"),
            Answer(413, "", .rejected, says: "413"),
            Answer(403, "", .retried, says: "status 403"),
            Answer(429, "", retryAfter: Answer.instant, .throttled(until: Answer.instant), says: "429"),
            Answer(507, "", .retried, says: "status 507"),
        ])
    func answers(_ answer: Answer) {
        answer.check(NtfyFormat())
    }
}
