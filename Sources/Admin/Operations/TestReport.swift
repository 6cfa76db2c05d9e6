/// What came of sending an endpoint a test event.
package struct TestReport: Sendable, Equatable {
    package struct Response: Sendable, Equatable {
        package var status: Int
        package var headers: [HeaderReport]
        package var body: String

        package init(status: Int, headers: [HeaderReport], body: String) {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    package var delivered: Bool
    /// The word that tries are listed by: `delivered`, `retry`, …
    package var verdict: String
    /// Which rule judged it.
    package var rule: String
    package var request: RequestReport
    /// Nil when no answer came.
    package var response: Response?
    package var duration: Duration

    package init(
        delivered: Bool, verdict: String, rule: String, request: RequestReport, response: Response?,
        duration: Duration
    ) {
        self.delivered = delivered
        self.verdict = verdict
        self.rule = rule
        self.request = request
        self.response = response
        self.duration = duration
    }
}

extension TestReport.Response: Resource {
    static let name = "Response"
    static let fields: [Field<Self>] = [
        Field("status") { $0.status },
        Field("headers") { $0.headers },
        Field("body") { $0.body },
    ]
}

extension TestReport: Resource {
    static let name = "TestResult"
    static let fields: [Field<Self>] = [
        Field("delivered") { $0.delivered },
        Field("verdict") { $0.verdict },
        Field("rule", "Which rule judged it.") { $0.rule },
        Field("status", "Null when no answer came.") { $0.response?.status },
        Field("request") { $0.request },
        Field("response", "Null when no answer came.") { $0.response },
        Field("duration") { $0.duration },
    ]
}
