import Deliveries
import Testing
import Time

/// A documented answer of a destination and what it must be judged as.
struct Answer: Sendable, CustomTestStringConvertible {
    /// When answers arrive here.
    static let instant = Timestamp(seconds: 1_795_416_041)

    var status: Int
    var body: String
    var headers: [String: String] = [:]
    var retryAfter: Timestamp?
    var outcome: Verdict.Outcome
    /// What the verdict's rule must say.
    var says: String

    init(
        _ status: Int, _ body: String = "", headers: [String: String] = [:], retryAfter: Timestamp? = nil,
        _ outcome: Verdict.Outcome, says: String
    ) {
        self.status = status
        self.body = body
        self.headers = headers
        self.retryAfter = retryAfter
        self.outcome = outcome
        self.says = says
    }

    var reply: Reply {
        Reply(
            status: status, headers: headers, body: Array(body.utf8), retryAfter: retryAfter, receivedAt: Self.instant)
    }

    var testDescription: String { "\(status) \(body.prefix(60))" }

    func check(_ format: any Format) {
        let verdict = format.verdict(on: reply)
        #expect(verdict.outcome == outcome)
        #expect(verdict.rule.contains(says), "\(verdict.rule)")
    }
}

extension Verdict.Outcome {
    /// Tried again whenever the schedule has it.
    static let retried = Verdict.Outcome.retry(notBefore: nil)
}
