import Deliveries
import Testing
import Time

@Suite("Verdicts")
struct VerdictTests {
    private static let later = Timestamp(seconds: 1_795_416_000)

    @Test(
        "the status decides where the format knows no better",
        arguments: [
            (200, .delivered), (201, .delivered), (204, .delivered), (299, .delivered), (301, .retry(notBefore: nil)),
            (302, .retry(notBefore: nil)), (304, .retry(notBefore: nil)), (400, .retry(notBefore: later)),
            (401, .retry(notBefore: later)), (404, .retry(notBefore: later)), (410, .gone),
            (429, .throttled(until: later)),
            (500, .retry(notBefore: later)), (502, .retry(notBefore: later)), (503, .retry(notBefore: later)),
        ] as [(Int, Verdict.Outcome)])
    func byStatus(status: Int, outcome: Verdict.Outcome) {
        let verdict = StandardFormat().verdict(on: .answered(Reply(status: status, retryAfter: Self.later)))
        #expect(verdict.outcome == outcome)
        #expect(verdict.rule.contains("status \(status)"))
    }

    @Test("a redirect says where it pointed")
    func redirect() {
        let verdict = Verdict.byStatus(Reply(status: 302, location: "https://login.example.com/…"))
        #expect(verdict.rule == "status 302 redirects to https://login.example.com/…; redirects are not followed")
    }

    @Test("no answer is worth another try, whether it may have arrived or not", arguments: [true, false])
    func failures(mayHaveArrived: Bool) {
        let failure = Exchange.Failure(reason: "timeout", text: "no answer in 15 s", mayHaveArrived: mayHaveArrived)
        #expect(
            StandardFormat().verdict(on: .failed(failure)) == Verdict(.retry(notBefore: nil), rule: "no answer in 15 s")
        )
    }

    @Test("every outcome has its word")
    func results() {
        let outcomes: [Verdict.Outcome] = [
            .delivered, .retry(notBefore: nil), .throttled(until: nil), .rejected, .gone,
        ]
        #expect(outcomes.map { Verdict($0, rule: "").result } == [.delivered, .retry, .throttled, .rejected, .gone])
    }
}
